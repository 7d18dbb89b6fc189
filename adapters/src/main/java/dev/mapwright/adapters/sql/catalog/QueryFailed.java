package dev.mapwright.adapters.sql.catalog;

/// A query that cannot be carried out. The message is the query's `StateChangeReason`, and begins
/// with the name that Athena gives to such a failure: `TABLE_NOT_FOUND: …`.
public final class QueryFailed extends Exception {
    public QueryFailed(String name, String message) {
        super(name + ": " + message, null, false, false);
    }
}
