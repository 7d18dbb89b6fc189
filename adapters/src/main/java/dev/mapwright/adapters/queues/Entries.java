package dev.mapwright.adapters.queues;

import dev.mapwright.adapters.request.RefusedRequest;
import dev.mapwright.adapters.request.RequestMembers;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// The entries of a batch operation, each of which succeeds or fails alone.
final class Entries {
    /// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html
    static final int COUNT_MAX = 10;

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,80}");

    private final List<Map<String, Object>> successful = new ArrayList<>();
    private final List<Map<String, Object>> failed = new ArrayList<>();

    @FunctionalInterface
    interface Step {
        /// Gives the members of the entry's answer, its id aside.
        Map<String, Object> take(RequestMembers entry) throws InterruptedException;
    }

    /// Checked as a whole, before any of them is carried out.
    static List<RequestMembers> of(RequestMembers request) {
        List<RequestMembers> entries = request.objects("Entries");
        if (entries.isEmpty()) {
            throw new RefusedRequest(
                    "EmptyBatchRequest",
                    "There should be at least one entry in the request (Entries).");
        }
        if (entries.size() > COUNT_MAX) {
            throw new RefusedRequest(
                    "TooManyEntriesInBatchRequest",
                    "Maximum number of entries per request are %d. You have sent %d."
                            .formatted(COUNT_MAX, entries.size()));
        }
        var ids = new HashSet<String>();
        for (RequestMembers entry : entries) {
            String id = entry.text("Id");
            if (!ID.matcher(id).matches()) {
                throw new RefusedRequest(
                        "InvalidBatchEntryId",
                        "A batch entry id can only contain alphanumeric characters, hyphens and"
                                + " underscores. It can be at most 80 letters long.");
            }
            if (!ids.add(id)) {
                throw new RefusedRequest(
                        "BatchEntryIdsNotDistinct", "Id %s repeated.".formatted(id));
            }
        }
        return entries;
    }

    static Map<String, Object> each(List<RequestMembers> entries, Step step)
            throws InterruptedException {
        var results = new Entries();
        for (RequestMembers entry : entries) {
            results.take(entry, step);
        }
        return results.answer();
    }

    private void take(RequestMembers entry, Step step) throws InterruptedException {
        var result = new LinkedHashMap<String, Object>();
        result.put("Id", entry.text("Id"));
        try {
            result.putAll(step.take(entry));
            successful.add(result);
        } catch (RefusedRequest refused) {
            result.put("SenderFault", true);
            result.put("Code", refused.code());
            result.put("Message", refused.getMessage());
            failed.add(result);
        }
    }

    private Map<String, Object> answer() {
        var answer = new LinkedHashMap<String, Object>();
        answer.put("Successful", successful);
        if (!failed.isEmpty()) {
            answer.put("Failed", failed);
        }
        return answer;
    }
}
