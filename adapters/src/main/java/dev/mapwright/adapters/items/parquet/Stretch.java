package dev.mapwright.adapters.items.parquet;

import dev.hardwood.metadata.RowGroup;

import java.util.ArrayList;
import java.util.List;

/// Row groups that are decoded together. The library decodes pages ahead, into the next row groups
/// too, and bounds them by their number: where a row group is a single page, as DuckDB writes them,
/// it would hold eight groups. So it is given one large group at a time, or some small ones.
///
/// @param endGroup the one after the last, and `endRow` likewise
record Stretch(int firstGroup, int endGroup, long firstRow, long endRow) {
    /// Groups that are smaller, also when they are decoded, are worth no reader of their own.
    private static final long BYTES_MIN = 32 * 1024 * 1024;

    /// Those from `start` on.
    static List<Stretch> of(List<RowGroup> groups, long start) {
        var stretches = new ArrayList<Stretch>();
        int firstGroup = 0;
        long firstRow = 0;
        long endRow = 0;
        long bytes = 0;
        for (int i = 0; i < groups.size(); i++) {
            endRow += groups.get(i).numRows();
            bytes += bytes(groups.get(i));
            if (endRow <= start) {
                firstGroup = i + 1;
                firstRow = endRow;
                bytes = 0;
            } else if (bytes >= BYTES_MIN || i == groups.size() - 1) {
                stretches.add(new Stretch(firstGroup, i + 1, Math.max(firstRow, start), endRow));
                firstGroup = i + 1;
                firstRow = endRow;
                bytes = 0;
            }
        }
        return stretches;
    }

    long rows() {
        return endRow - firstRow;
    }

    /// What is left of it from a row on.
    Stretch from(long row) {
        return new Stretch(firstGroup, endGroup, row, endRow);
    }

    private static long bytes(RowGroup group) {
        return Math.max(group.totalByteSize(), DecodedPages.wholeColumns(group));
    }
}
