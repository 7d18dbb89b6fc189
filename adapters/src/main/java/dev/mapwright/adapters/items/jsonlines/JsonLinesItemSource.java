package dev.mapwright.adapters.items.jsonlines;

import dev.mapwright.adapters.items.object.ItemBytes;
import dev.mapwright.adapters.items.object.ObjectReading;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.maprun.Item;
import dev.mapwright.engine.maprun.ItemSource;
import dev.mapwright.engine.maprun.ReadFailed;

import java.io.IOException;
import java.util.Optional;

/// The lines of one file, from the line where it was opened. Positions carry the number of lines
/// before them, for messages.
final class JsonLinesItemSource implements ItemSource {
    private static final ItemBytes.Stops NEWLINE = new ItemBytes.Stops("\n");

    private final ObjectReading reading;
    private final ItemBytes bytes;
    private final String uri;
    private long index;
    private long offset;
    private long linesBefore;

    JsonLinesItemSource(ObjectReading reading, ItemBytes bytes) {
        this.reading = reading;
        this.bytes = bytes;
        this.uri = reading.address().uri();
        this.index = reading.start().item();
        this.offset = bytes.offset();
        this.linesBefore = reading.start().mark();
    }

    @Override
    public Optional<Item> next() throws ReadFailed, InterruptedException {
        try {
            while (bytes.peek() != ItemBytes.END) {
                Optional<Json> line = line();
                if (line.isPresent()) {
                    return Optional.of(new Item(index++, Optional.empty(), line.get(), uri));
                }
            }
            return Optional.empty();
        } catch (ReadFailed e) {
            throw new ReadFailed(
                    "%s, line %d at byte %d: %s"
                            .formatted(uri, linesBefore + 1, offset, e.getMessage()),
                    e);
        } catch (IOException e) {
            throw reading.failed(e);
        }
    }

    private Optional<Json> line() throws IOException, ReadFailed {
        bytes.begin();
        int end = bytes.skipUntil(NEWLINE);
        Optional<Json> line = bytes.take();
        if (end != ItemBytes.END) {
            bytes.skip();
        }
        offset = bytes.offset();
        linesBefore++;
        return line;
    }

    @Override
    public String position() {
        return reading.position(index, offset, linesBefore);
    }

    @Override
    public void close() {
        bytes.close();
    }
}
