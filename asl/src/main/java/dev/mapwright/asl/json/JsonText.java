package dev.mapwright.asl.json;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonRecyclerPools;

/// Reads JSON text with Jackson. The only class that knows the library.
final class JsonText {
    /// Arrays and objects inside one another; as many as the parser behind AWS's API takes by
    /// default.
    static final int DEPTH_MAX = 1000;

    /// Digits of one number; the parser's own limit, named here because the message shows it.
    static final int NUMBER_LENGTH_MAX = 1000;

    /// Parse buffers kept for the next parser; virtual threads would each keep their own otherwise.
    private static final int BUFFERS_KEPT_MAX = 64;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .recyclerPool(JsonRecyclerPools.newBoundedPool(BUFFERS_KEPT_MAX))
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEPTH_MAX)
                    .maxNumberLength(NUMBER_LENGTH_MAX)
                    .build())
            .enable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            .build();

    private JsonText() {}

    /// Exactly one JSON value, with nothing but white space around it.
    static Object read(String text) throws JsonSyntaxException {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            if (parser.nextToken() == null) {
                throw new JsonSyntaxException(
                        "No content to map due to end-of-input",
                        SyntaxProblem.location(text, 1, 0));
            }
            Object tree = new TreeReader(parser).read();
            var trailing = parser.nextToken();
            if (trailing != null) {
                var location = parser.currentTokenLocation();
                throw new JsonSyntaxException(
                        "Trailing token (of type %s) found after value".formatted(trailing),
                        SyntaxProblem.location(text, location.getLineNr(), location.getColumnNr()));
            }
            return tree;
        } catch (JacksonException e) {
            throw SyntaxProblem.of(e, text);
        }
    }

    static Object readKnownGood(String text) {
        try {
            return read(text);
        } catch (JsonSyntaxException e) {
            throw new IllegalStateException(
                    "Expected JSON that was checked before, found " + e.getMessage(), e);
        }
    }
}
