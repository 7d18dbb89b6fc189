package dev.mapwright.server.config;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Settings of which there may be many: a prefix, then a name of the user's or of AWS's.
public enum Family {
    /// `function.NAME.OPTION`: a function that is declared rather than created.
    FUNCTION("function.", "NAME.OPTION", "as docs/reference/lambda.md says"),
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
    DISPATCH("dispatch.", "LABEL.perSecond, dispatch.LABEL.rampUpSeconds", "a number"),
    /// `connection.crm.type = BASIC`: how HTTP Tasks identify themselves, by the name in the
    /// connection's ARN.
    CONNECTION("connection.", "NAME", "a part of a connection");

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
        private static final Set<String> SECRETS = Stream.concat(
                        ConnectionSettings.SECRETS.stream(),
                        Stream.of(ServiceAccess.SECRET_ACCESS_KEY, ServiceAccess.SESSION_TOKEN))
                .collect(Collectors.toUnmodifiableSet());

        String key() {
            return family.key(name);
        }

        /// The name before the first dot: `glue` of `glue.region`.
        String owner() {
            int dot = name.indexOf('.');
            return dot < 0 ? name : name.substring(0, dot);
        }

        /// What follows it: `region`; empty where nothing does.
        Optional<String> part() {
            int dot = name.indexOf('.');
            return dot < 0 ? Optional.empty() : Optional.of(name.substring(dot + 1));
        }

        /// Its value as the log may show it.
        String shown(String value) {
            boolean isShown =
                    switch (family) {
                        case PARAMETER, DISPATCH -> true;
                        case SECRET -> false;
                        case FUNCTION -> !FunctionReader.isSecret(name);
                        case SERVICE, CONNECTION ->
                            part().filter(Member::isSecret).isEmpty();
                    };
            return isShown ? value : "(not shown)";
        }

        private static boolean isSecret(String part) {
            return SECRETS.contains(part)
                    || ConnectionSettings.PREFIXES.stream().anyMatch(part::startsWith);
        }

        @Override
        public int compareTo(Member other) {
            return key().compareTo(other.key());
        }
    }
}
