package dev.mapwright.adapters.sql;

import dev.mapwright.adapters.sql.catalog.Location;
import dev.mapwright.adapters.sql.duckdb.ResultColumn;
import dev.mapwright.adapters.sql.statement.Statement.Kind;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// One query, from its submission to what came of it.
///
/// @param parameters literals for the query's question marks
/// @param output the object with the result; for what writes files elsewhere, what the names of its
///     manifest and metadata begin with
/// @param token by which the client recognizes its own request
public record QueryExecution(
        String id,
        String query,
        Kind kind,
        String workGroup,
        String database,
        Location output,
        List<String> parameters,
        Optional<String> token,
        Progress progress) {
    public enum State {
        QUEUED,
        RUNNING,
        SUCCEEDED,
        FAILED,
        CANCELLED;

        public boolean isEnd() {
            return this != QUEUED && this != RUNNING;
        }
    }

    /// @param reason why it ended as it did, if not well
    /// @param started when it left the queue
    public record Progress(
            State state,
            Optional<String> reason,
            Instant submitted,
            Optional<Instant> started,
            Optional<Instant> ended,
            Yield brought) {
        static Progress queued(Instant now) {
            return new Progress(
                    State.QUEUED,
                    Optional.empty(),
                    now,
                    Optional.empty(),
                    Optional.empty(),
                    Yield.NONE);
        }

        Progress running(Instant now) {
            return new Progress(State.RUNNING, reason, submitted, Optional.of(now), ended, brought);
        }

        Progress ended(State state, Optional<String> reason, Instant now, Yield brought) {
            return new Progress(state, reason, submitted, started, Optional.of(now), brought);
        }

        /// In the queue.
        public Duration waited(Instant now) {
            return Duration.between(submitted, started.or(() -> ended).orElse(now));
        }

        /// Outside the queue.
        public Duration worked(Instant now) {
            return started.map(start -> Duration.between(start, ended.orElse(now)))
                    .orElse(Duration.ZERO);
        }
    }

    /// What a query brought.
    ///
    /// @param scannedBytes of the objects that it read
    /// @param writtenRows to files elsewhere
    /// @param manifest the list of those files
    /// @param columns of its result
    public record Yield(
            long scannedBytes,
            long writtenRows,
            Optional<Location> manifest,
            List<ResultColumn> columns) {
        static final Yield NONE = new Yield(0, 0, Optional.empty(), List.of());
    }

    QueryExecution with(Progress changed) {
        return new QueryExecution(
                id, query, kind, workGroup, database, output, parameters, token, changed);
    }
}
