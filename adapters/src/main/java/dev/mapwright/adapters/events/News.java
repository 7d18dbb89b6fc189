package dev.mapwright.adapters.events;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/// What somebody has to say, before it is an event.
///
/// @param source who says it: `aws.states`
/// @param resources ARNs of what it is about
public record News(
        String source, String detailType, Map<?, ?> detail, List<String> resources, Instant time) {}
