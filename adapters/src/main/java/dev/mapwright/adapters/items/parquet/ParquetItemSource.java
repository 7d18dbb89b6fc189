package dev.mapwright.adapters.items.parquet;

import dev.mapwright.adapters.items.object.ObjectRanges;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.maprun.Item;
import dev.mapwright.engine.maprun.ItemSource;
import dev.mapwright.engine.maprun.ReadFailed;

import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/// The rows of one file, from the row where it was opened.
final class ParquetItemSource implements ItemSource {
    private final ObjectRanges ranges;
    private final RowPump pump;
    private final String uri;
    private Iterator<Json> rows = Collections.emptyIterator();
    private boolean ended;
    private long index;

    ParquetItemSource(ObjectRanges ranges, RowPump pump) {
        this.ranges = ranges;
        this.pump = pump;
        this.uri = ranges.address().uri();
        this.index = ranges.start().item();
    }

    @Override
    public Optional<Item> next() throws ReadFailed, InterruptedException {
        if (!rows.hasNext() && !ended) {
            Optional<List<Json>> chunk = pump.take();
            ended = chunk.isEmpty();
            rows = chunk.orElse(List.of()).iterator();
        }
        return rows.hasNext()
                ? Optional.of(new Item(index++, Optional.empty(), rows.next(), uri))
                : Optional.empty();
    }

    @Override
    public String position() {
        return ranges.position(index);
    }

    @Override
    public void close() {
        pump.close();
    }
}
