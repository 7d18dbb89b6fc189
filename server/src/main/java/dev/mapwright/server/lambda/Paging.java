package dev.mapwright.server.lambda;

import dev.mapwright.adapters.functions.invocation.FunctionRefused;
import dev.mapwright.adapters.functions.invocation.FunctionRefused.Code;

import java.util.Optional;

/// How many entries a list may have.
final class Paging {
    private Paging() {}

    /// @param pageMax what Lambda gives at most, whatever is asked for
    static int max(Call call, int pageMax, int limitMax) throws FunctionRefused {
        Optional<String> asked = call.queried("MaxItems");
        if (asked.isEmpty()) {
            return pageMax;
        }
        try {
            int max = Integer.parseInt(asked.get());
            if (max >= 1 && max <= limitMax) {
                return Math.min(max, pageMax);
            }
        } catch (NumberFormatException notANumber) {
            // Refused below, like a number out of range.
        }
        throw new FunctionRefused(
                Code.VALIDATION,
                ("1 validation error detected: Value '%s' at 'maxItems' failed to satisfy constraint: "
                                + "Member must be a number from 1 to %d")
                        .formatted(asked.get(), limitMax));
    }

    /// Where a marker that counts entries says that the page begins.
    static int start(Call call) throws FunctionRefused {
        String marker = call.queried("Marker").orElse("0");
        if (!marker.matches("\\d{1,6}")) {
            throw FunctionRefused.invalid("The Marker '%s' is none of ours.".formatted(marker));
        }
        return Integer.parseInt(marker);
    }
}
