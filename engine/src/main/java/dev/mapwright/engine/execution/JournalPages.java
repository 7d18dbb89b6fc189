package dev.mapwright.engine.execution;

import dev.mapwright.engine.journal.Recorded;
import dev.mapwright.engine.store.Store;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/// A journal from one line on, read page by page.
record JournalPages(Store store, String executionArn, long from) implements Iterable<Recorded> {
    private static final int PAGE = 1_000;

    /// The whole journal.
    JournalPages(Store store, String executionArn) {
        this(store, executionArn, 1);
    }

    @Override
    public Iterator<Recorded> iterator() {
        return new Iterator<>() {
            private List<Recorded> page = store.journal(executionArn, from, PAGE);
            private int next;

            @Override
            public boolean hasNext() {
                if (next == page.size() && !page.isEmpty()) {
                    page = store.journal(executionArn, page.getLast().sequence() + 1, PAGE);
                    next = 0;
                }
                return next < page.size();
            }

            @Override
            public Recorded next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                return page.get(next++);
            }
        };
    }
}
