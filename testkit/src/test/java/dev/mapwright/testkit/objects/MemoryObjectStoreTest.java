package dev.mapwright.testkit.objects;

import dev.mapwright.engine.maprun.ObjectStore;
import dev.mapwright.testkit.contract.ObjectStoreContract;

class MemoryObjectStoreTest extends ObjectStoreContract {
    private final MemoryObjectStore objects = new MemoryObjectStore().withBucket(BUCKET);

    @Override
    protected ObjectStore objects() {
        return objects;
    }
}
