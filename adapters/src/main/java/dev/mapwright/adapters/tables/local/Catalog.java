package dev.mapwright.adapters.tables.local;

import dev.mapwright.adapters.keyvalue.Batch;
import dev.mapwright.adapters.keyvalue.KeyValueStore;
import dev.mapwright.adapters.keyvalue.Space;
import dev.mapwright.adapters.tables.local.item.TableException;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;

/// The tables by name. Definitions change one at a time.
final class Catalog {
    /// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html (the
    /// initial quota)
    static final int TABLES_MAX = 2_500;

    /// Sorts before every table name.
    private static final byte[] NEXT_NUMBER = {0};

    private final KeyValueStore store;
    private final Space definitions;
    private final ItemStore items;
    private final Account account;
    private final ConcurrentNavigableMap<String, Table> tables = new ConcurrentSkipListMap<>();
    private final ReentrantLock changing = new ReentrantLock();

    Catalog(KeyValueStore store, ItemStore items, Account account) {
        this.store = store;
        this.definitions = store.space("tables.definitions");
        this.items = items;
        this.account = account;
        load();
    }

    /// @param nameOrArn what requests give as `TableName`
    Table table(String nameOrArn) {
        return find(nameOrArn).orElseThrow(Catalog::notFound);
    }

    Table describedTable(String nameOrArn) {
        return find(nameOrArn)
                .orElseThrow(() -> new TableException(
                        "ResourceNotFoundException",
                        "Requested resource not found: Table: %s not found".formatted(nameOrArn)));
    }

    Optional<Table> find(String nameOrArn) {
        String arnStart = account.tableArn("");
        String name =
                nameOrArn.startsWith(arnStart) ? nameOrArn.substring(arnStart.length()) : nameOrArn;
        return Optional.ofNullable(tables.get(name));
    }

    static TableException notFound() {
        return new TableException("ResourceNotFoundException", "Requested resource not found");
    }

    /// Names in order, behind `after` where one is given.
    List<String> names(Optional<String> after, int max) {
        var names =
                after.map(name -> tables.tailMap(name, false)).orElse(tables).navigableKeySet();
        return names.stream().limit(max).toList();
    }

    Table create(String name, IntFunction<TableDefinition> definition) throws InterruptedException {
        changing.lock();
        try {
            if (tables.containsKey(name)) {
                throw new TableException("ResourceInUseException", "Table already exists: " + name);
            }
            if (tables.size() >= TABLES_MAX) {
                throw new TableException(
                        "LimitExceededException",
                        "Too many tables: at most %d can exist. Delete one first"
                                .formatted(TABLES_MAX));
            }
            int number = definitions
                    .get(NEXT_NUMBER)
                    .map(stored -> ByteBuffer.wrap(stored).getInt())
                    .orElse(1);
            var table = new Table(definition.apply(number));
            store.commit(new Batch()
                    .put(
                            definitions,
                            NEXT_NUMBER,
                            ByteBuffer.allocate(4).putInt(number + 1).array())
                    .put(definitions, key(name), StoredDefinition.write(table.definition())));
            tables.put(name, table);
            return table;
        } finally {
            changing.unlock();
        }
    }

    TableDefinition redefine(Table table, UnaryOperator<TableSettings> change)
            throws InterruptedException {
        changing.lock();
        try {
            if (table.isDropped()) {
                throw notFound();
            }
            TableDefinition definition = table.definition();
            TableDefinition changed = definition.with(change.apply(definition.settings()));
            store.commit(new Batch()
                    .put(definitions, key(changed.name()), StoredDefinition.write(changed)));
            table.redefine(changed);
            return changed;
        } finally {
            changing.unlock();
        }
    }

    void drop(Table table) throws InterruptedException {
        changing.lock();
        try {
            if (table.isDropped()) {
                throw notFound();
            }
            String name = table.definition().name();
            tables.remove(name);
            items.deleteAll(table, new Batch().delete(definitions, key(name)));
        } finally {
            changing.unlock();
        }
    }

    private void load() {
        try (Space.Scan scan =
                definitions.scan(new byte[] {1}, new byte[0], Space.Direction.FORWARD)) {
            while (scan.next()) {
                var table = new Table(StoredDefinition.read(scan.value()));
                items.loadTallies(table);
                tables.put(table.definition().name(), table);
            }
        }
    }

    private static byte[] key(String name) {
        return name.getBytes(StandardCharsets.UTF_8);
    }
}
