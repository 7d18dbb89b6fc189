package dev.mapwright.adapters.store.embedded;

import dev.mapwright.adapters.keyvalue.Space;
import dev.mapwright.adapters.keyvalue.Space.Direction;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.store.Document;
import dev.mapwright.engine.store.Page;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Documents, in a space of their own: kind 0 key → text.
final class Documents {
    private static final char DOCUMENT = 'd';

    private final Space space;

    Documents(Space space) {
        this.space = space;
    }

    void put(Document document, Unit unit) {
        unit.batch.put(
                space,
                key(document.kind(), document.key()),
                document.content().text().getBytes(StandardCharsets.UTF_8));
    }

    void drop(String kind, String key, Unit unit) {
        unit.batch.delete(space, key(kind, key));
    }

    Optional<Json> find(String kind, String key) {
        return space.get(key(kind, key)).map(Documents::content);
    }

    Page<Document> list(String kind, String prefix, int limit, Optional<String> pageToken) {
        Key all = Key.of(DOCUMENT).text(kind);
        Key matching = all.lastText(prefix);
        var page = new PageMaker<Document>(
                all, limit, document -> document.content().text().length());
        byte[] from = pageToken.map(all::tokenKey).map(PageMaker::after).orElse(matching.bytes());
        try (var scan = space.scan(from, matching.end(), Direction.FORWARD)) {
            while (!page.isFull() && scan.next()) {
                byte[] key = scan.key();
                String name = new String(all.rest(key), StandardCharsets.UTF_8);
                page.add(new Document(kind, name, content(scan.value())), key);
            }
        }
        return page.toPage();
    }

    private static byte[] key(String kind, String key) {
        return Key.of(DOCUMENT).text(kind).lastText(key).bytes();
    }

    private static Json content(byte[] text) {
        return Json.ofText(new String(text, StandardCharsets.UTF_8));
    }
}
