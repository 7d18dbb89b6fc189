package dev.mapwright.engine.execution;

import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.interpreter.Selection;
import dev.mapwright.engine.store.Change;
import dev.mapwright.engine.store.Document;
import dev.mapwright.engine.store.Page;
import dev.mapwright.engine.store.Store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Notes of the map runs that were aborted and wind down. Their executions do not come back to
/// them, so that the next process has to know of them, and of what their items are selected with.
record WindingDown(Store store) {
    private static final String NOTE = "winding-down";
    private static final int PAGE = 100;

    /// @param selection as [Selection#json]
    record Note(String mapRunArn, Json selection) {}

    /// Written together with the end of the run's record.
    static Change note(String mapRunArn, Selection selection) {
        return new Change.PutDocument(new Document(NOTE, mapRunArn, selection.json()));
    }

    static Change done(String mapRunArn) {
        return new Change.DropDocument(NOTE, mapRunArn);
    }

    List<Note> all() {
        var notes = new ArrayList<Note>();
        Optional<String> token = Optional.empty();
        do {
            Page<Document> page = store.documents(NOTE, "", PAGE, token);
            page.items().forEach(note -> notes.add(new Note(note.key(), note.content())));
            token = page.nextToken();
        } while (token.isPresent());
        return notes;
    }
}
