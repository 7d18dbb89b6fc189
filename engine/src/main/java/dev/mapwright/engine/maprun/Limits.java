package dev.mapwright.engine.maprun;

import dev.mapwright.engine.Quotas;

/// What bounds a map run. The first three are quotas, the others keep memory and recovery small.
///
/// @param childrenMax children running at a time when MaxConcurrency is higher than this
/// @param itemsMax reading stops here, without an error
/// @param payloadBytesMax a child's input, and the state's result: bytes of UTF-8
/// @param queuedBatchesMax batches that were read and wait for a free place
/// @param queuedBytesMax inputs of those batches together (one larger batch may wait alone)
/// @param runningBytesMax inputs of running children together, but for small ones: as large as what
///     each of all places could hold of this (one larger input may run alone)
/// @param unfedResultsMax results that the sink has not taken: above it no child is started
/// @param unfedBytesMax inputs and outputs of those results together
/// @param compactionFacts journal facts after which a snapshot replaces them
public record Limits(
        int childrenMax,
        long itemsMax,
        int payloadBytesMax,
        int queuedBatchesMax,
        int queuedBytesMax,
        long runningBytesMax,
        int unfedResultsMax,
        int unfedBytesMax,
        int compactionFacts) {

    /// How many children run at a time where MaxConcurrency is 0: AWS's quota, also where higher
    /// ones may be asked for, because each of them takes memory.
    private static final int CHILDREN_UNASKED_MAX = Quotas.MAP_RUN_CHILDREN_MAX;

    /// Of the heap, for the text of inputs. One that a Java function in this process works on takes
    /// ten times the memory of its text, others take half of that.
    private static final int RUNNING_HEAP_PART = 20;

    public static final Limits STANDARD = of(Quotas.AWS);

    /// What keeps memory small is the same under all quotas.
    public static Limits of(Quotas quotas) {
        return new Limits(
                quotas.mapRunChildrenMax(),
                quotas.itemsPerMapRunMax(),
                quotas.payloadBytesMax(),
                1_000,
                16 * 1024 * 1024,
                Runtime.getRuntime().maxMemory() / RUNNING_HEAP_PART,
                20_000,
                64 * 1024 * 1024,
                10_000);
    }

    /// How many children may run at a time under a MaxConcurrency, where 0 leaves it to the engine.
    int places(int maxConcurrency) {
        int asked = maxConcurrency == 0 ? CHILDREN_UNASKED_MAX : maxConcurrency;
        return Math.min(asked, childrenMax);
    }
}
