package dev.mapwright.adapters.items.parquet;

import dev.mapwright.adapters.items.object.ObjectAddress;
import dev.mapwright.adapters.items.object.ObjectRanges;
import dev.mapwright.engine.maprun.Dataset;
import dev.mapwright.engine.maprun.ItemReader;
import dev.mapwright.engine.maprun.ItemSource;
import dev.mapwright.engine.maprun.ObjectStore;
import dev.mapwright.engine.maprun.ReadFailed;

import java.util.Optional;

/// Reads a Parquet object by ranges: an item per row, with a member per column in the schema's
/// order. A position is the number of the next row; the row groups before it are not read again.
/// Memory holds some pages of a row group, which are decoded ahead. The threads and the memory for
/// that are shared by all objects that one reader opens: a process has one.
public final class ParquetItemReader implements ItemReader {
    private final ObjectStore objects;
    private final String account;
    private final Decoding decoding;

    /// @param account that owns all buckets here
    public ParquetItemReader(ObjectStore objects, String account) {
        this(objects, account, Bounds.ofThisProcess());
    }

    ParquetItemReader(ObjectStore objects, String account, Bounds bounds) {
        this.objects = objects;
        this.account = account;
        this.decoding = Decoding.of(bounds);
    }

    @Override
    public ItemSource open(Dataset.Read dataset, Optional<String> position)
            throws ReadFailed, InterruptedException {
        var address = ObjectAddress.of(dataset, account);
        if (address.versionId().isPresent()) {
            throw new ReadFailed("The argument VersionId is not supported with InputType PARQUET");
        }
        var ranges = ObjectRanges.open(objects, address, position);
        ParquetLimits.checkFooter(ranges);
        var input = new RangedFile(ranges);
        return new ParquetItemSource(ranges, new RowPump(input, new Failures(ranges), decoding));
    }
}
