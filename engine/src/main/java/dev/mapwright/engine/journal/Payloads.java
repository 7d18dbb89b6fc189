package dev.mapwright.engine.journal;

import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.binary.Decoder;
import dev.mapwright.engine.binary.Encoder;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Payloads among journal lines, each kept as its text, and the same text kept once. A payload is
/// written as a number: 0, and its text follows; 1, and it is the execution's input; from 2 on, and
/// it is the text that stood there first, second, … among those that are worth referring to.
final class Payloads {
    private static final int HERE = 0;
    private static final int INPUT = 1;
    private static final int FIRST = 2;

    /// A shorter text takes no more room than a reference to it.
    private static final int REFERRED_CHARS_MIN = 4;

    private Payloads() {}

    static final class Writer {
        private final Encoder out;
        private final Map<String, Integer> known = new HashMap<>();
        private int next = FIRST;

        Writer(Encoder out, Optional<Json> input) {
            this.out = out;
            input.map(Json::text)
                    .filter(Payloads::isWorthReferring)
                    .ifPresent(text -> known.put(text, INPUT));
        }

        void write(Json payload) {
            String text = payload.text();
            if (!isWorthReferring(text)) {
                out.number(HERE).text(text);
                return;
            }
            Integer reference = known.get(text);
            if (reference != null) {
                out.number(reference);
                return;
            }
            known.put(text, next++);
            out.number(HERE).text(text);
        }
    }

    static final class Reader {
        private final Decoder in;
        private final Supplier<Json> input;
        private final List<Json> known = new ArrayList<>();

        Reader(Decoder in, Supplier<Json> input) {
            this.in = in;
            this.input = input;
        }

        Json read() {
            int reference = in.count();
            if (reference == INPUT) {
                return input.get();
            }
            if (reference == HERE) {
                String text = in.text();
                Json payload = Json.ofText(text);
                if (isWorthReferring(text)) {
                    known.add(payload);
                }
                return payload;
            }
            if (reference - FIRST >= known.size()) {
                throw new IllegalStateException(
                        "Expected a reference to one of %d payloads, found number %d"
                                .formatted(known.size(), reference - FIRST));
            }
            return known.get(reference - FIRST);
        }
    }

    private static boolean isWorthReferring(String text) {
        return text.length() >= REFERRED_CHARS_MIN;
    }
}
