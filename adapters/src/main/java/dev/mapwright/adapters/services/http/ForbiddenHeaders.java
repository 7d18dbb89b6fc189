package dev.mapwright.adapters.services.http;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Headers that a Task may not set.
///
/// @param names in lower case
/// @param prefixes in lower case
public record ForbiddenHeaders(Set<String> names, List<String> prefixes) {
    public ForbiddenHeaders {
        names = Set.copyOf(names);
        prefixes = List.copyOf(prefixes);
    }

    /// The first of them as a fault.
    public Optional<String> fault(Collection<String> headers) {
        return headers.stream()
                .filter(this::has)
                .findFirst()
                .map("The header '%s' is not allowed"::formatted);
    }

    private boolean has(String header) {
        String lower = header.toLowerCase(Locale.ROOT);
        return names.contains(lower) || prefixes.stream().anyMatch(lower::startsWith);
    }
}
