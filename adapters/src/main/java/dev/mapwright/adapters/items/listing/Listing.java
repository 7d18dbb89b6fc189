package dev.mapwright.adapters.items.listing;

import dev.mapwright.engine.maprun.ObjectStore;
import dev.mapwright.engine.maprun.ObjectStore.ObjectFailed;
import dev.mapwright.engine.maprun.ObjectStore.Stored;
import dev.mapwright.engine.maprun.ReadFailed;
import dev.mapwright.engine.store.Page;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/// A bucket's objects in binary order of their keys, page by page: memory holds one page, however
/// many there are.
final class Listing {
    private final ObjectStore objects;
    private final ListingRequest request;
    private Optional<ListingPlace> last;
    private Optional<String> token;
    private Optional<String> nextToken = Optional.empty();
    private Iterator<Stored> page;

    /// @param last where a former listing was left
    Listing(ObjectStore objects, ListingRequest request, Optional<ListingPlace> last)
            throws ReadFailed, InterruptedException {
        this.objects = objects;
        this.request = request;
        this.last = last;
        this.token = last.flatMap(ListingPlace::token);
        this.page = fetch();
    }

    Optional<Stored> next() throws ReadFailed, InterruptedException {
        while (true) {
            while (page.hasNext()) {
                Stored object = page.next();
                if (isAhead(object)) {
                    last = Optional.of(new ListingPlace(token, object.key(), object.etag()));
                    return Optional.of(object);
                }
            }
            if (nextToken.isEmpty()) {
                return Optional.empty();
            }
            token = nextToken;
            page = fetch();
        }
    }

    /// The object returned last; absent before the first one.
    Optional<ListingPlace> place() {
        return last;
    }

    private boolean isAhead(Stored object) throws ReadFailed {
        if (!request.startAfter().isEmpty()
                && binaryOrder(object.key(), request.startAfter()) <= 0) {
            return false;
        }
        if (last.isEmpty()) {
            return true;
        }
        int order = binaryOrder(object.key(), last.get().key());
        if (order == 0 && !object.etag().equals(last.get().etag())) {
            throw new ReadFailed(
                    "s3://%s/%s has changed since the map run listed it: its ETag was %s and is now %s"
                            .formatted(
                                    request.bucket(),
                                    object.key(),
                                    last.get().etag(),
                                    object.etag()));
        }
        return order > 0;
    }

    private static int binaryOrder(String left, String right) {
        return Arrays.compareUnsigned(
                left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
    }

    private Iterator<Stored> fetch() throws ReadFailed, InterruptedException {
        try {
            Page<Stored> fetched = objects.list(request.bucket(), request.prefix(), token);
            nextToken = fetched.nextToken();
            return List.copyOf(fetched.items()).iterator();
        } catch (ObjectFailed e) {
            throw new ReadFailed(
                    "The bucket %s cannot be listed: %s: %s"
                            .formatted(request.bucket(), e.code(), e.getMessage()),
                    e);
        }
    }
}
