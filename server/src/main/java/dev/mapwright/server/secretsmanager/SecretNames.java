package dev.mapwright.server.secretsmanager;

import dev.mapwright.adapters.parameters.Secret;
import dev.mapwright.adapters.parameters.Secrets;
import dev.mapwright.engine.execution.Refused;
import dev.mapwright.engine.interpreter.Place;
import dev.mapwright.server.awsjson.Members;
import dev.mapwright.server.awsjson.Parameters;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/// What requests call secrets, and answers.
final class SecretNames {
    static final int NAME_CHARS_MAX = 2_048;
    static final String ID = "SecretId";

    private final Secrets secrets;
    private final Place place;

    SecretNames(Secrets secrets, Place place) {
        this.secrets = secrets;
        this.place = place;
    }

    static String id(Parameters in) throws Refused {
        return in.required(ID, NAME_CHARS_MAX);
    }

    Secret get(String id) throws Refused {
        return find(id).orElseThrow(() -> new Refused(
                "ResourceNotFoundException", "Secrets Manager can't find the specified secret."));
    }

    /// @param id a name or an ARN
    Optional<Secret> find(String id) {
        String name = id.startsWith("arn:")
                ? id.substring(id.indexOf(":secret:") + ":secret:".length())
                : id;
        return secrets.find(name).or(() -> secrets.find(name.replaceFirst("-[A-Za-z0-9]{6}$", "")));
    }

    /// The beginning of nearly every answer.
    Members named(Secret secret) {
        return named(secret.name());
    }

    Members named(String name) {
        return new Members().with("ARN", arn(name)).with("Name", name);
    }

    /// Ends with six letters, the same ones for the same name.
    private String arn(String name) {
        String letters = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8))
                .toString()
                .substring(0, 6);
        return "arn:%s:secretsmanager:%s:%s:secret:%s-%s"
                .formatted(place.partition(), place.region(), place.account(), name, letters);
    }
}
