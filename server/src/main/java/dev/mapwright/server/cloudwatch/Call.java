package dev.mapwright.server.cloudwatch;

import java.util.Map;
import java.util.UUID;

/// One request, whatever protocol brought it.
///
/// @param members texts, numbers, truth values, times, lists and maps
record Call(String operation, Map<?, ?> members, String requestId) {
    Call(String operation, Map<?, ?> members) {
        this(operation, members, UUID.randomUUID().toString());
    }
}
