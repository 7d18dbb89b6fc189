package dev.mapwright.engine.journal;

/// The durable record of one execution, and the only thing about it that survives a crash. Entries
/// are buffered until `commit`; the engine commits before it touches the world outside.
public interface Journal {
    /// `previousEventId` comes from the caller, who alone knows which event this one follows;
    /// ignored for notes.
    Recorded append(Frame frame, long previousEventId, Entry entry);

    /// Appends several entries so that a crash keeps either all or none of them.
    void together(Runnable appends);

    /// Hands what was appended to the store at once, without waiting until it is durable.
    void flush();

    /// Returns once every entry so far is durable. Fails with [LeaseLost] if another node has taken
    /// over.
    void commit() throws InterruptedException;
}
