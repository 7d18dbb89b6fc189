package dev.mapwright.engine.maprun;

import dev.mapwright.engine.store.Execution;
import dev.mapwright.engine.store.Execution.Status;
import dev.mapwright.engine.store.ExecutionQuery;
import dev.mapwright.engine.store.Page;

import java.util.BitSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// The children of earlier generations that have not had their turn in a redrive, in the order of
/// their batches. Found through the index of their outcomes, and held as one bit for each batch.
final class EarlierChildren {
    /// Records are read with their inputs, so few of them at a time.
    private static final int PAGE = 100;

    private final BitSet batches;

    private EarlierChildren(BitSet batches) {
        this.batches = batches;
    }

    /// Which ones to look for.
    ///
    /// @param from the first batch, and `to` the one after the last
    /// @param open batches whose children run, or have just ended and are yet to be counted
    record Range(long from, long to, Set<Status> outcomes, long[] open) {}

    static EarlierChildren find(Children children, Range range) {
        var batches = new BitSet();
        range.outcomes().forEach(outcome -> find(children, range, outcome, batches));
        for (long batch : range.open()) {
            batches.clear(Math.toIntExact(batch));
        }
        return new EarlierChildren(batches);
    }

    private static void find(Children children, Range range, Status outcome, BitSet batches) {
        var run = new ExecutionQuery.Of.MapRun(children.run().arn());
        Optional<String> token = Optional.empty();
        do {
            Page<Execution> page = children.store()
                    .executions(new ExecutionQuery(run, Optional.of(outcome), PAGE, token));
            for (Execution child : page.items()) {
                long batch = child.child().orElseThrow().batch();
                if (batch >= range.from() && batch < range.to()) {
                    batches.set(Math.toIntExact(batch));
                }
            }
            token = page.nextToken();
        } while (token.isPresent());
    }

    /// The first one from this batch on.
    OptionalLong next(long from) {
        int next = batches.nextSetBit(Math.toIntExact(from));
        return next < 0 ? OptionalLong.empty() : OptionalLong.of(next);
    }
}
