package dev.mapwright.server.control;

import dev.mapwright.asl.json.Json;
import dev.mapwright.asl.json.JsonSyntaxException;
import dev.mapwright.engine.execution.MapRuns;
import dev.mapwright.engine.execution.Refused;
import dev.mapwright.engine.maprun.Dispatching.Change;
import dev.mapwright.engine.maprun.Pace;
import dev.mapwright.engine.store.MapRunRecord;
import dev.mapwright.server.http.Handler;
import dev.mapwright.server.http.Request;
import dev.mapwright.server.http.Response;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Map runs as Mapwright sees them, and what AWS cannot change about them: their pace, and pauses.
/// `docs/reference/map-runs.md` describes it.
///
/// ```
/// GET  /mapwright/map-runs                those that have not ended
/// GET  /mapwright/map-runs/ARN            one
/// POST /mapwright/map-runs/ARN/pause
/// POST /mapwright/map-runs/ARN/resume
/// POST /mapwright/map-runs/ARN/limit      {"perSecond", "rampUpSeconds"}; {} lifts it
/// ```
///
/// What changes something has to come as `application/json`: a page in a browser cannot send that
/// to another origin without being allowed to, and nobody is.
public final class MapRunControl implements Handler {
    /// The first part of every path.
    public static final String NAME = "mapwright";

    private static final String PATH = "/" + NAME + "/map-runs";
    private static final String JSON = "application/json";
    private static final int BODY_BYTES_MAX = 4_096;
    private static final double MILLIS = 1_000;

    private final MapRuns mapRuns;

    public MapRunControl(MapRuns mapRuns) {
        this.mapRuns = mapRuns;
    }

    @Override
    public void handle(Request request, Response response)
            throws IOException, InterruptedException {
        response.header("Content-Type", JSON);
        Json answer;
        try {
            answer = answer(request);
        } catch (Refused refused) {
            response.status(refused.code().equals("ResourceNotFound") ? 404 : 400);
            answer = Json.of(Map.of("code", refused.code(), "message", refused.getMessage()));
        }
        response.send(answer.text().getBytes(StandardCharsets.UTF_8));
    }

    private Json answer(Request request) throws Refused, IOException, InterruptedException {
        String path = request.rawPath();
        if (path.equals(PATH) && request.method().equals("GET")) {
            List<?> all = mapRuns.live().stream().map(ShownRun::of).toList();
            return Json.of(Map.of("mapRuns", all));
        }
        if (!path.startsWith(PATH + "/")) {
            throw unknown(request);
        }
        String named = decoded(path.substring(PATH.length() + 1));
        return switch (request.method()) {
            case "GET" -> shown(named);
            case "POST" -> changed(named, request);
            default -> throw unknown(request);
        };
    }

    private Json shown(String mapRunArn) throws Refused {
        Optional<MapRuns.Live> live = mapRuns.live(mapRunArn);
        if (live.isPresent()) {
            return Json.of(ShownRun.of(live.get()));
        }
        MapRunRecord ended = mapRuns.find(mapRunArn)
                .orElseThrow(() -> new Refused(
                        "ResourceNotFound", "Resource not found: '%s'".formatted(mapRunArn)));
        return Json.of(ShownRun.ended(ended));
    }

    private Json changed(String named, Request request)
            throws Refused, IOException, InterruptedException {
        int slash = named.lastIndexOf('/');
        String mapRunArn = named.substring(0, Math.max(0, slash));
        Map<?, ?> body = body(request);
        Change change =
                switch (named.substring(slash + 1)) {
                    case "pause" -> new Change.Pause();
                    case "resume" -> new Change.Resume();
                    case "limit" -> new Change.Limit(pace(body));
                    default -> throw unknown(request);
                };
        mapRuns.change(mapRunArn, change);
        return shown(mapRunArn);
    }

    private static Optional<Pace> pace(Map<?, ?> body) throws Refused {
        for (Object name : body.keySet()) {
            if (!List.of("perSecond", "rampUpSeconds").contains(name)) {
                throw invalid("there is no member '%s'; there are perSecond and rampUpSeconds"
                        .formatted(name));
            }
        }
        Optional<Double> perSecond = number(body, "perSecond");
        Optional<Double> rampUp = number(body, "rampUpSeconds");
        if (perSecond.isEmpty()) {
            if (rampUp.isPresent()) {
                throw invalid("rampUpSeconds needs perSecond beside it");
            }
            return Optional.empty();
        }
        try {
            Duration ramp = Duration.ofMillis(Math.round(rampUp.orElse(0.0) * MILLIS));
            return Optional.of(new Pace(perSecond.get(), ramp));
        } catch (IllegalArgumentException outOfRange) {
            throw invalid(outOfRange.getMessage());
        }
    }

    private static Optional<Double> number(Map<?, ?> body, String name) throws Refused {
        Object value = body.get(name);
        if (value != null && !(value instanceof Number)) {
            throw invalid("%s has to be a number, not %s"
                    .formatted(name, Json.of(value).text()));
        }
        return Optional.ofNullable((Number) value).map(Number::doubleValue);
    }

    private static Map<?, ?> body(Request request) throws Refused, IOException {
        String type = request.header("Content-Type").orElse("none");
        if (!type.equals(JSON) && !type.startsWith(JSON + ";")) {
            throw invalid("the Content-Type has to be %s, not %s".formatted(JSON, type));
        }
        byte[] bytes;
        try (InputStream body = request.body()) {
            bytes = body.readNBytes(BODY_BYTES_MAX + 1);
        }
        if (bytes.length > BODY_BYTES_MAX) {
            throw invalid("the body is larger than %,d bytes".formatted(BODY_BYTES_MAX));
        }
        try {
            String text = new String(bytes, StandardCharsets.UTF_8);
            Json json = text.isBlank() ? Json.EMPTY_OBJECT : Json.parse(text);
            if (json.value() instanceof Map<?, ?> members) {
                return members;
            }
            throw invalid("the body has to be a JSON object");
        } catch (JsonSyntaxException notJson) {
            throw invalid("the body is not JSON: " + notJson.getMessage());
        }
    }

    /// A plus sign in a path is one.
    private static String decoded(String path) throws Refused {
        try {
            return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException broken) {
            throw invalid("the path cannot be decoded: " + broken.getMessage());
        }
    }

    private static Refused invalid(String message) {
        return new Refused("ValidationException", message);
    }

    private static Refused unknown(Request request) {
        return new Refused(
                "UnknownOperationException",
                "There is no %s of this path here. There are: GET %s, GET %s/ARN, and POST %s/ARN/ with pause, resume or limit."
                        .formatted(request.method(), PATH, PATH, PATH));
    }
}
