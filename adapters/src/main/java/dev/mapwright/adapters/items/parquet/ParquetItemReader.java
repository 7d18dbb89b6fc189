package dev.mapwright.adapters.items.parquet;

import dev.hardwood.HardwoodContext;
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
/// Memory holds some pages of a row group, which are decoded ahead on a few threads that all
/// Parquet objects share.
public final class ParquetItemReader implements ItemReader {
    private static final int DECODING_THREADS_MAX = 4;

    private final ObjectStore objects;
    private final String account;
    private final Bounds bounds;
    private final HardwoodContext context;

    /// @param account that owns all buckets here
    public ParquetItemReader(ObjectStore objects, String account) {
        this(objects, account, Bounds.ofThisProcess());
    }

    ParquetItemReader(ObjectStore objects, String account, Bounds bounds) {
        this.objects = objects;
        this.account = account;
        this.bounds = bounds;
        int processors = Runtime.getRuntime().availableProcessors();
        this.context = HardwoodContext.create(Math.min(DECODING_THREADS_MAX, processors));
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
        return new ParquetItemSource(
                ranges, new RowPump(input, context, new Failures(ranges), bounds));
    }
}
