package dev.mapwright.adapters.items.json;

import dev.mapwright.adapters.items.object.ItemBytes;
import dev.mapwright.adapters.items.object.ObjectReading;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.maprun.Item;
import dev.mapwright.engine.maprun.ItemSource;
import dev.mapwright.engine.maprun.ReadFailed;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/// The elements of an array or the members of an object, from the one where the document was
/// opened. Positions carry the kind of the container, so that nothing before them is read again.
final class JsonItemSource implements ItemSource {
    /// AWS's own words.
    private static final String NOT_ITERABLE = "Attempting to map over non-iterable node.";

    private final ObjectReading reading;
    private final JsonScanner scanner;
    private final Pointer pointer;
    private final String uri;
    private Container container;
    private long index;
    private long offset;
    private boolean ended;

    /// What the items are in; the ordinals are kept in positions.
    private enum Container {
        NONE,
        ARRAY,
        OBJECT;

        static Container of(long mark) throws ReadFailed {
            if (mark < 0 || mark >= values().length) {
                throw new ReadFailed("Not a position in a JSON document: the mark is " + mark);
            }
            return values()[(int) mark];
        }

        char close() {
            return this == ARRAY ? ']' : '}';
        }
    }

    JsonItemSource(ObjectReading reading, JsonScanner scanner, Pointer pointer) throws ReadFailed {
        this.reading = reading;
        this.scanner = scanner;
        this.pointer = pointer;
        this.uri = reading.address().uri();
        this.container = Container.of(reading.start().mark());
        this.index = reading.start().item();
        this.offset = reading.start().offset();
    }

    /// Goes to the first item, unless the position was behind it.
    void find() throws ReadFailed, InterruptedException {
        if (container != Container.NONE) {
            return;
        }
        try {
            scanner.skipByteOrderMark();
            container = located();
        } catch (ReadFailed e) {
            throw new ReadFailed("%s: %s".formatted(uri, e.getMessage()), e);
        } catch (IOException e) {
            throw reading.failed(e);
        }
        if (container == Container.NONE) {
            throw new ReadFailed(NOT_ITERABLE);
        }
        offset = scanner.offset();
    }

    private Container located() throws IOException, ReadFailed {
        for (String token : pointer.tokens()) {
            boolean there =
                    switch (enter()) {
                        case ARRAY -> isAtElement(Pointer.index(token));
                        case OBJECT -> isAtMember(token);
                        case NONE -> false;
                    };
            if (!there) {
                return Container.NONE;
            }
        }
        return enter();
    }

    private Container enter() throws IOException, ReadFailed {
        Container entered =
                switch (scanner.peek()) {
                    case '[' -> Container.ARRAY;
                    case '{' -> Container.OBJECT;
                    case ItemBytes.END ->
                        throw new ReadFailed(
                                "it is not JSON: the document ends where a value was expected");
                    default -> Container.NONE;
                };
        if (entered != Container.NONE) {
            scanner.skip();
        }
        return entered;
    }

    private boolean isAtElement(OptionalLong wanted) throws IOException, ReadFailed {
        if (wanted.isEmpty() || scanner.peek() == ']') {
            return false;
        }
        for (long i = 0; i < wanted.getAsLong(); i++) {
            scanner.skipValue();
            if (!scanner.another(']')) {
                return false;
            }
        }
        return true;
    }

    private boolean isAtMember(String wanted) throws IOException, ReadFailed {
        if (scanner.peek() == '}') {
            return false;
        }
        while (!scanner.name().equals(wanted)) {
            scanner.skipValue();
            if (!scanner.another('}')) {
                return false;
            }
        }
        return true;
    }

    @Override
    public Optional<Item> next() throws ReadFailed, InterruptedException {
        try {
            if (!hasNext()) {
                return Optional.empty();
            }
            Optional<String> key =
                    container == Container.OBJECT ? Optional.of(scanner.name()) : Optional.empty();
            Json value = scanner.value();
            offset = scanner.offset();
            return Optional.of(new Item(index++, key, value, uri));
        } catch (ReadFailed e) {
            throw new ReadFailed(
                    "%s, item %d after byte %d: %s".formatted(uri, index, offset, e.getMessage()),
                    e);
        } catch (IOException e) {
            throw reading.failed(e);
        }
    }

    /// Stands at the next item afterwards.
    private boolean hasNext() throws IOException, ReadFailed {
        if (ended) {
            return false;
        }
        boolean more = index > 0
                ? scanner.another(container.close())
                : scanner.peek() != container.close();
        if (!more) {
            ended = true;
            scanner.skip();
            if (pointer.tokens().isEmpty()) {
                scanner.expectEnd();
            }
        }
        return more;
    }

    @Override
    public String position() {
        return reading.position(index, offset, container.ordinal());
    }

    @Override
    public void close() {
        scanner.close();
    }
}
