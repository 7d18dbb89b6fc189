package dev.mapwright.engine.interpreter;

import dev.mapwright.asl.definition.State;
import dev.mapwright.asl.expression.Failure;
import dev.mapwright.asl.expression.Scope;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.journal.Ending;
import dev.mapwright.engine.journal.HistoryEvent.BranchesEnded;
import dev.mapwright.engine.journal.HistoryEvent.BranchesStarted;
import dev.mapwright.engine.journal.HistoryEvent.Kind;

import java.util.List;

/// One try at the branches of a Parallel state.
final class ParallelAttempt {
    private final State.Parallel parallel;
    private final Visit visit;

    ParallelAttempt(State.Parallel parallel, Visit visit) {
        this.parallel = parallel;
        this.visit = visit;
    }

    Json run() throws StateFailed, InterruptedException {
        int count = parallel.branches().size();
        Scope scope = visit.scope();
        Json input = visit.evaluate(() -> parallel.dataflow().arguments(scope));
        long openedBy = visit.line(
                        BranchesStarted.class, () -> new BranchesStarted(Kind.PARALLEL, count))
                .eventId();
        var fork = new Fork(visit, openedBy, count);
        List<Json> outputs = fork.join(count, index -> new Branch(fork, index, input));
        visit.leaf(
                BranchesEnded.class,
                new BranchesEnded(Kind.PARALLEL, new Ending.Succeeded(Json.NULL)));
        return Json.of(outputs.stream().map(Json::value).toList());
    }

    private final class Branch extends Fork.Member {
        private final Json input;

        Branch(Fork fork, int index, Json input) {
            super(visit.walk()
                    .inner(
                            parallel.branches().get(index),
                            fork,
                            index,
                            java.util.Optional.empty(),
                            fork.openedBy()));
            this.input = input;
        }

        @Override
        Json input() {
            return input;
        }

        @Override
        void recordBeginning() {
            // AWS shows the branch's first state only.
        }

        @Override
        long recordSuccess(Json made) {
            return walk().previousEventId();
        }

        @Override
        void failed(Failure failure) {
            // AWS shows the failure itself only.
        }

        @Override
        void aborted(long after) {
            // AWS shows the aborted states only.
        }
    }
}
