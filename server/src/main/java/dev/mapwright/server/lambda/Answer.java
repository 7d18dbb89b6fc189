package dev.mapwright.server.lambda;

import dev.mapwright.server.awsjson.Members;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/// What an operation answers.
record Answer(int status, Map<String, String> headers, byte[] body) {
    static final String REQUEST_ID = "x-amzn-RequestId";

    private static final int OK = 200;
    private static final int CREATED = 201;
    private static final int NO_CONTENT = 204;

    static Answer ok(Members members) {
        return json(OK, members);
    }

    static Answer created(Members members) {
        return json(CREATED, members);
    }

    static Answer empty() {
        return new Answer(NO_CONTENT, Map.of(), new byte[0]);
    }

    private static Answer json(int status, Members members) {
        return new Answer(
                status,
                Map.of("Content-Type", "application/json"),
                members.json().text().getBytes(StandardCharsets.UTF_8));
    }
}
