package dev.mapwright.server.config;

import java.util.Optional;
import java.util.stream.Stream;

/// Settings of which there may be many: a prefix, then a name of the user's or of AWS's.
public enum Family {
    /// `service.glue = aws`: where a service is, by the name of its package in the AWS SDK for
    /// Java.
    SERVICE(
            "service.",
            "NAME",
            "built-in, aws, or the URL of an endpoint like http://127.0.0.1:9000"),
    /// `parameter./db/host = localhost`: a value of the parameter store.
    PARAMETER("parameter.", "NAME", "any text"),
    /// `secret.db-password = …`: a value of the secrets manager, which is not shown.
    SECRET("secret.", "NAME", "any text"),
    /// `dispatch.orders.perSecond = 50`, `dispatch.orders.rampUpSeconds = 60`: how fast the map
    /// runs of the label `orders` start children.
    DISPATCH("dispatch.", "LABEL.perSecond, dispatch.LABEL.rampUpSeconds", "a number");

    private final String prefix;
    private final String names;
    private final String form;

    Family(String prefix, String names, String form) {
        this.prefix = prefix;
        this.names = names;
        this.form = form;
    }

    public String key(String name) {
        return prefix + name;
    }

    String form() {
        return form;
    }

    String pattern() {
        return prefix + names;
    }

    /// A value as the log may show it.
    String shown(String value) {
        return switch (this) {
            case SERVICE, PARAMETER, DISPATCH -> value;
            case SECRET -> "(not shown)";
        };
    }

    /// The name in `key`, if it is one of this family.
    private Optional<String> name(String key) {
        return key.startsWith(prefix) && key.length() > prefix.length()
                ? Optional.of(key.substring(prefix.length()))
                : Optional.empty();
    }

    static Optional<Member> ofKey(String key) {
        return Stream.of(values())
                .flatMap(family -> family.name(key).stream().map(name -> new Member(family, name)))
                .findFirst();
    }

    /// One setting of a family.
    record Member(Family family, String name) implements Comparable<Member> {
        String key() {
            return family.key(name);
        }

        @Override
        public int compareTo(Member other) {
            return key().compareTo(other.key());
        }
    }
}
