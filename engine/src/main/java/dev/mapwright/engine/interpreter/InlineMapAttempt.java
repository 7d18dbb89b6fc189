package dev.mapwright.engine.interpreter;

import dev.mapwright.asl.definition.State;
import dev.mapwright.asl.expression.Failure;
import dev.mapwright.asl.expression.Scope;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.Quotas;
import dev.mapwright.engine.journal.Ending;
import dev.mapwright.engine.journal.HistoryEvent.BranchesEnded;
import dev.mapwright.engine.journal.HistoryEvent.BranchesStarted;
import dev.mapwright.engine.journal.HistoryEvent.IterationEnded;
import dev.mapwright.engine.journal.HistoryEvent.IterationStarted;
import dev.mapwright.engine.journal.HistoryEvent.Kind;
import dev.mapwright.engine.journal.Note.ItemsChosen;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One try at the iterations of an inline Map state.
final class InlineMapAttempt {
    private final State.MapState map;
    private final Visit visit;

    InlineMapAttempt(State.MapState map, Visit visit) {
        this.map = map;
        this.visit = visit;
    }

    Json run() throws StateFailed, InterruptedException {
        ItemsChosen chosen = visit.once(ItemsChosen.class, this::choose);
        List<?> items = (List<?>) chosen.items().value();
        long openedBy = visit.line(
                        BranchesStarted.class, () -> new BranchesStarted(Kind.MAP, items.size()))
                .eventId();
        var fork = new Fork(visit, openedBy, items.size());
        List<Json> outputs =
                fork.join(slots(chosen.concurrency()), index -> new Iteration(fork, index, items));
        visit.leaf(
                BranchesEnded.class, new BranchesEnded(Kind.MAP, new Ending.Succeeded(Json.NULL)));
        return Json.of(outputs.stream().map(Json::value).toList());
    }

    private ItemsChosen choose() throws StateFailed {
        Scope fields = MapAttempt.fields(map, visit);
        Json items = MapAttempt.items(map, visit, fields);
        if (!(items.value() instanceof List)) {
            throw visit.runtime("Map state input must be an array but was: " + items.text());
        }
        return new ItemsChosen(items, MapAttempt.concurrency(map, visit, fields));
    }

    private int slots(int concurrency) {
        int asked = concurrency == 0 ? Quotas.INLINE_MAP_CONCURRENCY_MAX : concurrency;
        return Math.min(asked, visit.walk().run().quotas().inlineMapConcurrencyMax());
    }

    private final class Iteration extends Fork.Member {
        private final int index;
        private final Json input;

        Iteration(Fork fork, int index, List<?> items) throws StateFailed {
            super(visit.walk()
                    .inner(
                            map.processor(),
                            fork,
                            index,
                            Optional.of(item(index, items.get(index))),
                            fork.openedBy()));
            this.index = index;
            this.input = select(items.get(index));
        }

        /// Evaluated before the iteration begins; its first state's entry records what came out.
        private Json select(Object value) throws StateFailed {
            if (map.itemSelector().isEmpty() || walk().hasEntered()) {
                return Json.of(value);
            }
            Scope scope = visit.scope();
            Scope fields = visit.scope(
                    visit.evaluate(() -> map.dataflow().effectiveInput(scope)),
                    Optional.of(item(index, value)));
            return visit.evaluate(() -> map.itemSelector().get().evaluate(fields));
        }

        @Override
        Json input() {
            return input;
        }

        @Override
        void recordBeginning() {
            walk().record(new IterationStarted(visit.name(), index));
        }

        /// A leaf: what follows in this slot links to the last state's exit.
        @Override
        long recordSuccess(Json made) {
            return walk().recordedEnding()
                    .orElseGet(
                            () -> end(walk().previousEventId(), new Ending.Succeeded(Json.NULL)));
        }

        @Override
        void failed(Failure failure) {
            end(walk().previousEventId(), new Ending.Failed(failure));
        }

        @Override
        void aborted(long after) {
            end(after, new Ending.Aborted(new Failure(Optional.empty(), Optional.empty())));
        }

        private long end(long after, Ending ending) {
            return walk().append(after, new IterationEnded(visit.name(), index, ending))
                    .eventId();
        }
    }

    private static Map<String, Object> item(int index, Object value) {
        var item = new HashMap<String, Object>();
        item.put("Index", index);
        item.put("Value", value);
        return item;
    }
}
