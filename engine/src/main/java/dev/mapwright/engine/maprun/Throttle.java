package dev.mapwright.engine.maprun;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/// Holds a run to its [Pace]. Time brings credit, and each start takes one of it; a little can be
/// saved, which makes good for an owner that wakes late. What has started within the last second is
/// remembered, so that no second sees more than the pace says: not after a lull, not when the pace
/// has changed, and not after a restart, which begins with a debt.
final class Throttle {
    /// What can be saved: one start, and so much of a second's.
    private static final double SAVED_SHARE = 0.05;

    /// The owner is not woken more often for a pace.
    private static final Duration WAKING_MIN = Duration.ofMillis(10);

    private static final Duration WINDOW = Duration.ofSeconds(1);

    /// Far below one child, far above what rounding does to a sum.
    private static final double ROUNDING = 1e-6;

    private static final double NANOS = 1e9;

    /// Starts so close together that they are remembered as one, of the time of the last: a hundred
    /// of these make a second.
    private record Started(Instant first, Instant last, int children) {
        boolean takes(Instant another) {
            return another.isBefore(first.plus(WAKING_MIN));
        }
    }

    private final Deque<Started> lastSecond = new ArrayDeque<>();
    private Dispatching dispatching = Dispatching.UNLIMITED;
    private Instant at = Instant.EPOCH;
    private double credit;

    /// Goes on with what a former process left behind.
    void recover(Dispatching known, Instant now) {
        dispatching = known;
        at = now;
        credit = known.pace().map(pace -> -saved(pace)).orElse(0.0);
    }

    /// What was saved so far counts under the new pace, too.
    void follow(Dispatching changed, Instant now) {
        if (dispatching.state() == Dispatching.State.ON) {
            dispatching.pace().ifPresent(pace -> earn(pace, now));
        }
        dispatching = changed;
        at = now;
        credit = changed.pace().map(pace -> Math.min(credit, saved(pace))).orElse(0.0);
    }

    /// How many children may start now.
    int allowed(Instant now) {
        if (dispatching.state() == Dispatching.State.PAUSED) {
            return 0;
        }
        if (dispatching.pace().isEmpty()) {
            return Integer.MAX_VALUE;
        }
        Pace pace = dispatching.pace().get();
        earn(pace, now);
        int room = (int) Math.max(1, pace.perSecond()) - startedInLastSecond(now);
        return Math.max(0, Math.min((int) (credit + ROUNDING), room));
    }

    void spend(int children, Instant now) {
        if (dispatching.pace().isPresent() && children > 0) {
            credit -= children;
            if (!lastSecond.isEmpty() && lastSecond.peekLast().takes(now)) {
                Started others = lastSecond.removeLast();
                lastSecond.add(new Started(others.first(), now, others.children() + children));
            } else {
                lastSecond.add(new Started(now, now, children));
            }
        }
    }

    /// When more than none may start, unless they may already or time does not bring it about.
    Instant nextAfter(Instant now) {
        if (dispatching.pace().isEmpty()
                || dispatching.state() == Dispatching.State.PAUSED
                || allowed(now) > 0) {
            return Instant.MAX;
        }
        Instant byCredit = timeOfCredit(dispatching.pace().get(), now);
        Instant byWindow = lastSecond.isEmpty() ? now : lastSecond.peek().last().plus(WINDOW);
        Instant next = credit + ROUNDING < 1 ? byCredit : byWindow;
        Instant soonest = now.plus(WAKING_MIN);
        return next.isAfter(soonest) ? next : soonest;
    }

    private int startedInLastSecond(Instant now) {
        while (!lastSecond.isEmpty() && !lastSecond.peek().last().plus(WINDOW).isAfter(now)) {
            lastSecond.remove();
        }
        return lastSecond.stream().mapToInt(Started::children).sum();
    }

    private Instant timeOfCredit(Pace pace, Instant now) {
        double seconds = timeOf(pace, earnedBy(pace, secondsAt(now)) + 1 - credit);
        return dispatching.since().plusNanos((long) Math.ceil(seconds * NANOS));
    }

    private void earn(Pace pace, Instant now) {
        if (now.isAfter(at)) {
            double earned = earnedBy(pace, secondsAt(now)) - earnedBy(pace, secondsAt(at));
            credit = Math.min(credit + earned, saved(pace));
            at = now;
        }
    }

    private static double saved(Pace pace) {
        return 1 + pace.perSecond() * SAVED_SHARE;
    }

    private double secondsAt(Instant time) {
        return Duration.between(dispatching.since(), time).toNanos() / NANOS;
    }

    /// All credit that time has brought since the ramp-up began.
    private static double earnedBy(Pace pace, double seconds) {
        double ramp = pace.rampUp().toNanos() / NANOS;
        return seconds < ramp
                ? pace.perSecond() * seconds * seconds / (2 * ramp)
                : pace.perSecond() * (seconds - ramp / 2);
    }

    private static double timeOf(Pace pace, double earned) {
        double ramp = pace.rampUp().toNanos() / NANOS;
        return earned < pace.perSecond() * ramp / 2
                ? Math.sqrt(2 * ramp * earned / pace.perSecond())
                : earned / pace.perSecond() + ramp / 2;
    }
}
