package dev.mapwright.engine.interpreter;

import dev.mapwright.asl.expression.Failure;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.journal.Ending;
import dev.mapwright.engine.journal.HistoryEvent.Kind;
import dev.mapwright.engine.journal.HistoryEvent.MapRunEnded;
import dev.mapwright.engine.journal.HistoryEvent.StateAborted;
import dev.mapwright.engine.journal.Note.ForkFailed;
import dev.mapwright.engine.world.Inbox;
import dev.mapwright.engine.world.Strand;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The branches or iterations that one state runs side by side: starts them, cancels the others at
/// the first failure, joins them all, and records what became of them.
/// https://docs.aws.amazon.com/step-functions/latest/dg/state-parallel.html
final class Fork {
    private static final Ending ABORTED =
            new Ending.Aborted(new Failure(Optional.empty(), Optional.empty()));

    private final Visit visit;
    private final long openedBy;
    private final Member[] members;
    private int next;

    /// @param openedBy id of the event that opened the fork
    Fork(Visit visit, long openedBy, int count) {
        this.visit = visit;
        this.openedBy = openedBy;
        this.members = new Member[count];
    }

    long openedBy() {
        return openedBy;
    }

    /// Which attempt of which state it is.
    String path() {
        return visit.path();
    }

    /// Runs all members, at most `slots` at a time, and returns their outputs in order. Afterwards
    /// the state's walk continues after the event that completed the join.
    List<Json> join(int slots, Members make) throws StateFailed, InterruptedException {
        Optional<ForkFailed> known = visit.recorded(ForkFailed.class);
        if (known.isPresent()) {
            throw StateFailed.inWork(known.get().failure(), known.get().eventId());
        }
        for (int i = 0; i < members.length; i++) {
            members[i] = make.member(i);
        }
        visit.walk().opens(this);
        int width = Math.min(slots, members.length);
        List<Integer> firstWave = firstWave(width);
        if (width == 1) {
            runAlone(firstWave);
        } else {
            runSideBySide(firstWave);
        }
        long last = openedBy;
        var outputs = new ArrayList<Json>(members.length);
        for (Member member : members) {
            outputs.add(member.output());
            last = Math.max(last, member.lastEventId());
        }
        visit.walk().closesFork();
        visit.walk().continueAfter(last);
        return outputs;
    }

    /// The members that start at once: those that the journal knows as begun come first. AWS begins
    /// all of a first wave before any of them goes on.
    private List<Integer> firstWave(int width) throws InterruptedException {
        var wave = new ArrayList<Integer>();
        for (int i = 0; i < members.length && wave.size() < width; i++) {
            if (members[i].walk().recordedPosition().isPresent()) {
                members[i].take();
                wave.add(i);
            }
        }
        for (int i = 0; i < members.length && wave.size() < width; i++) {
            if (members[i].walk().recordedPosition().isEmpty()) {
                members[i].begin(openedBy);
                wave.add(i);
            }
        }
        return wave;
    }

    private void runAlone(List<Integer> firstWave) throws StateFailed, InterruptedException {
        try {
            for (int i = firstWave.getFirst(); i >= 0; i = following(members[i])) {
                members[i].run();
            }
        } catch (StateFailed failed) {
            throw over(failed);
        }
    }

    private void runSideBySide(List<Integer> firstWave) throws StateFailed, InterruptedException {
        var world = visit.walk().run().world();
        Inbox<Optional<Throwable>> slotEndings = world.inbox();
        var strands = new ArrayList<Strand>();
        Optional<InterruptedException> fromOutside = Optional.empty();
        for (int first : firstWave) {
            strands.add(world.start(name(first), () -> slot(first, slotEndings)));
        }
        Throwable failure = null;
        int running = strands.size();
        while (running > 0) {
            Optional<Throwable> ending;
            try {
                ending = slotEndings.take(Instant.MAX).orElseThrow();
                running--;
            } catch (InterruptedException interrupted) {
                ending = Optional.of(interrupted);
                fromOutside = Optional.of(interrupted);
            }
            if (ending.isPresent() && failure == null) {
                failure = ending.get();
                // What has failed is durable before anything that the others do about it.
                visit.walk().run().journal().flush();
                strands.forEach(Strand::cancel);
            }
        }
        if (fromOutside.isPresent()) {
            throw fromOutside.get();
        }
        switch (failure) {
            case null -> {}
            case StateFailed failed -> throw over(failed);
            case InterruptedException interrupted -> throw interrupted;
            case RuntimeException broken -> throw broken;
            default -> throw new IllegalStateException("a branch broke", failure);
        }
    }

    /// One of the places at which members run one after the other. Tells how it ended, whatever
    /// happens.
    private void slot(int first, Inbox<Optional<Throwable>> endings) {
        Optional<Throwable> ending =
                Optional.of(new IllegalStateException("a branch broke; the log says how"));
        try {
            for (int i = first; i >= 0; i = following(members[i])) {
                members[i].run();
            }
            ending = Optional.empty();
        } catch (StateFailed | InterruptedException | RuntimeException problem) {
            ending = Optional.of(problem);
        } finally {
            endings.put(ending);
        }
    }

    /// Takes the next member that nobody runs yet, or -1. AWS links its beginning to the last event
    /// of the one before it in this slot.
    private int following(Member before) throws InterruptedException {
        int found;
        synchronized (this) {
            while (next < members.length && members[next].isTaken()) {
                next++;
            }
            if (next == members.length) {
                return -1;
            }
            found = next;
            members[found].take();
        }
        if (members[found].walk().recordedPosition().isEmpty()) {
            members[found].begin(before.walk().previousEventId());
        }
        return found;
    }

    /// Records the end of everything in this fork after `failed`, all of it or nothing: a crash in
    /// between would leave states that have ended and yet are to be resumed.
    private StateFailed over(StateFailed failed) {
        visit.walk().run().journal().together(() -> {
            for (Member member : members) {
                if (member.isTaken() && !member.isDone()) {
                    if (member.walk().previousEventId() == failed.eventId()) {
                        member.failed(failed.failure());
                        abortOpenState(member, failed.eventId());
                    } else {
                        abort(member, failed.eventId());
                    }
                }
            }
            visit.walk().record(new ForkFailed(failed.failure(), failed.eventId()));
        });
        visit.walk().closesFork();
        return StateFailed.inWork(failed.failure(), failed.eventId());
    }

    /// What a member has inside ends before the member itself.
    private static void abort(Member member, long cause) {
        member.walk().openFork().ifPresent(inner -> {
            for (Member each : inner.members) {
                if (each.isTaken() && !each.isDone()) {
                    abort(each, cause);
                }
            }
        });
        member.aborted(cause);
        abortOpenState(member, cause);
    }

    /// AWS shows the end of a state that was entered and not left for these kinds only.
    private static void abortOpenState(Member member, long after) {
        var walk = member.walk();
        switch (walk.open().orElse(Kind.FAIL)) {
            case TASK, WAIT, PARALLEL, MAP -> {
                long last = walk.hasOpenMapRun()
                        ? walk.append(after, new MapRunEnded(ABORTED)).eventId()
                        : after;
                walk.append(last, new StateAborted(walk.open().orElseThrow()));
            }
            case PASS, CHOICE, SUCCEED, FAIL -> {}
        }
    }

    private String name(int member) {
        return visit.walk().run().execution().name() + " "
                + visit.walk().frame().index() + "/" + member;
    }

    @Override
    public String toString() {
        return "fork opened by event " + openedBy + " of " + Arrays.asList(members);
    }

    interface Members {
        Member member(int index) throws StateFailed;
    }

    /// One branch or iteration.
    abstract static class Member {
        private final Walk walk;
        private volatile boolean taken;
        private volatile Optional<Json> output = Optional.empty();
        private volatile long lastEventId;

        Member(Walk walk) {
            this.walk = walk;
        }

        /// Records the beginning, where AWS shows one.
        void begin(long after) throws InterruptedException {
            take();
            walk.continueAfter(after);
            recordBeginning();
        }

        void run() throws StateFailed, InterruptedException {
            take();
            Json made = walk.toEnd(input());
            lastEventId = recordSuccess(made);
            output = Optional.of(made);
        }

        /// What its first state is given, where that was not entered yet.
        abstract Json input();

        abstract void recordBeginning();

        /// Returns the id of the event that completes the member.
        abstract long recordSuccess(Json made);

        abstract void failed(Failure failure);

        abstract void aborted(long after);

        Walk walk() {
            return walk;
        }

        void take() {
            taken = true;
        }

        boolean isTaken() {
            return taken;
        }

        boolean isDone() {
            return output.isPresent();
        }

        Json output() {
            return output.orElseThrow();
        }

        long lastEventId() {
            return lastEventId;
        }
    }
}
