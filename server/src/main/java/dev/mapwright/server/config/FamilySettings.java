package dev.mapwright.server.config;

import dev.mapwright.server.config.Family.Member;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The settings of families, sorted by family and name.
///
/// @param origin the file that they came from
record FamilySettings(SortedMap<Member, String> values, String origin) {

    /// The values of a family, by name.
    Map<String, String> of(Family family) {
        return values.entrySet().stream()
                .filter(one -> one.getKey().family() == family)
                .collect(Collectors.toUnmodifiableMap(
                        one -> one.getKey().name(), Map.Entry::getValue));
    }

    /// The values of a family that have a part, by owner and part.
    Map<String, Map<String, String>> parts(Family family) {
        var parts = new TreeMap<String, Map<String, String>>();
        values.forEach((member, value) -> {
            if (member.family() == family && member.part().isPresent()) {
                parts.computeIfAbsent(member.owner(), _ -> new TreeMap<>())
                        .put(member.part().get(), value);
            }
        });
        return parts;
    }

    /// Where services are, by the name of their module.
    Map<String, ServicePlace> places() throws InvalidConfiguration {
        var places = new TreeMap<String, ServicePlace>();
        for (Map.Entry<Member, String> one : values.entrySet()) {
            Member member = one.getKey();
            if (member.family() == Family.SERVICE && member.part().isEmpty()) {
                places.put(member.name(), place(member, one.getValue()));
            }
        }
        return Map.copyOf(places);
    }

    private ServicePlace place(Member member, String value) throws InvalidConfiguration {
        Optional<ServicePlace> place = ServicePlace.of(value);
        if (place.isEmpty()) {
            throw InvalidConfiguration.of(
                    member.key(), value, origin, member.family().form());
        }
        if (place.get() instanceof ServicePlace.BuiltIn
                && BuiltInService.ofModule(member.name()).isEmpty()) {
            throw new InvalidConfiguration(
                    "The setting %s is 'built-in' (%s), but there is no such service here. There are: %s."
                            .formatted(member.key(), origin, BuiltInService.modules()));
        }
        return place.get();
    }

    /// One line each, for the log.
    Stream<String> sources() {
        return values.entrySet().stream().map(one -> "%s = %s (%s)"
                .formatted(one.getKey().key(), one.getKey().shown(one.getValue()), origin));
    }
}
