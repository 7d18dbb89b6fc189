package dev.mapwright.engine;

/// AWS's limits by name, from
/// https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
///
/// The constants are what AWS allows. A value of this type is what one engine allows: exactly that,
/// or, where memory and disk permit, more. What no profile changes is a constant only.
///
/// @param payloadBytesMax input and output of an execution, a state and a task, and what one state
///     assigns to variables: UTF-8 bytes
/// @param historyEventsMax events of one STANDARD execution
/// @param inlineMapConcurrencyMax iterations of an inline Map state at a time, where its
///     MaxConcurrency asks for so many
/// @param openMapRunsMax map runs at work at a time; those beyond wait for their turn
/// @param mapRunChildrenMax children of one map run at a time, where its MaxConcurrency asks for so
///     many
/// @param itemsPerMapRunMax reading stops here, without an error
/// @param redrivesPerMapRunMax a map run that was redriven so often is not redriven again
public record Quotas(
        int payloadBytesMax,
        int historyEventsMax,
        int inlineMapConcurrencyMax,
        int openMapRunsMax,
        int mapRunChildrenMax,
        long itemsPerMapRunMax,
        int redrivesPerMapRunMax) {

    /// Input and output of an execution, a state and a task: UTF-8 bytes.
    public static final int PAYLOAD_BYTES_MAX = 256 * 1024;

    /// All variables that a state can read: the UTF-8 bytes of their values.
    public static final int VARIABLES_BYTES_MAX = 10 * 1024 * 1024;

    public static final int HISTORY_EVENTS_MAX = 25_000;
    public static final int DEFINITION_CHARS_MAX = 1_048_576;
    public static final int MAP_RUN_CHILDREN_MAX = 10_000;
    public static final int INLINE_MAP_CONCURRENCY_MAX = 40;
    public static final int OPEN_MAP_RUNS_MAX = 1_000;
    public static final long ITEMS_PER_MAP_RUN_MAX = 100_000_000;
    public static final int REDRIVES_PER_MAP_RUN_MAX = 1_000;
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

    /// What AWS allows, so that what runs here runs there.
    public static final Quotas AWS = new Quotas(
            PAYLOAD_BYTES_MAX,
            HISTORY_EVENTS_MAX,
            INLINE_MAP_CONCURRENCY_MAX,
            OPEN_MAP_RUNS_MAX,
            MAP_RUN_CHILDREN_MAX,
            ITEMS_PER_MAP_RUN_MAX,
            REDRIVES_PER_MAP_RUN_MAX);

    /// What this program can bear. A payload still fits into an API request, and the children of a
    /// run are still told apart by a number of 31 bits.
    public static final Quotas UNLIMITED = new Quotas(
            4 * 1024 * 1024,
            Integer.MAX_VALUE,
            10_000,
            Integer.MAX_VALUE,
            1_000_000,
            Integer.MAX_VALUE,
            Integer.MAX_VALUE);
}
