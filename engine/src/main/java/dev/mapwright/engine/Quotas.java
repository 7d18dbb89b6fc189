package dev.mapwright.engine;

/// Every AWS limit by name, from
/// https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
public final class Quotas {
    /// Input and output of an execution, a state and a task: UTF-8 bytes.
    public static final int PAYLOAD_BYTES_MAX = 256 * 1024;

    public static final int HISTORY_EVENTS_MAX = 25_000;
    public static final int DEFINITION_CHARS_MAX = 1_048_576;
    public static final int MAP_RUN_CHILDREN_MAX = 10_000;
    public static final int INLINE_MAP_CONCURRENCY_MAX = 40;
    public static final int OPEN_MAP_RUNS_MAX = 1_000;
    public static final long ITEMS_PER_MAP_RUN_MAX = 100_000_000;
    public static final int ACTIVITIES_MAX = 10_000;

    /// GetActivityTask requests waiting at one activity.
    public static final int ACTIVITY_WORKERS_MAX = 1_000;

    /// One item as read, before an ItemSelector shrinks it: UTF-8 bytes.
    public static final int ITEM_BYTES_MAX = 8 * 1024 * 1024;

    public static final int CSV_HEADER_BYTES_MAX = 10 * 1024;
    public static final long DATASET_OBJECT_BYTES_MAX = 10L * 1024 * 1024 * 1024;

    public static final int VERSIONS_PER_MACHINE_MAX = 1_000;
    public static final int ALIASES_PER_MACHINE_MAX = 100;
    public static final int TAGS_MAX = 50;

    /// Uncompressed, as the file itself says.
    public static final long PARQUET_ROW_GROUP_BYTES_MAX = 256L * 1024 * 1024;

    public static final int PARQUET_FOOTER_BYTES_MAX = 5 * 1024 * 1024;

    private Quotas() {}
}
