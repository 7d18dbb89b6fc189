package dev.mapwright.server.cloudwatch;

import dev.mapwright.adapters.request.RefusedRequest;
import dev.mapwright.asl.json.Json;
import dev.mapwright.asl.json.JsonSyntaxException;
import dev.mapwright.server.cbor.Cbor;
import dev.mapwright.server.cbor.MalformedCbor;
import dev.mapwright.server.http.Request;
import dev.mapwright.server.http.Response;
import dev.mapwright.server.query.Form;
import dev.mapwright.server.query.XmlAnswer;
import dev.mapwright.server.query.XmlAnswer.Element;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// The ways in which clients speak to CloudWatch.
enum Protocol {
    /// `POST /service/GraniteServiceVersion20100801/operation/PutMetricData`
    CBOR {
        @Override
        Call call(Request request, byte[] body) throws Failed {
            String path = request.rawPath();
            return new Call(
                    path.substring(path.lastIndexOf('/') + 1),
                    body.length == 0 ? Map.of() : object(tree(body)));
        }

        private static Object tree(byte[] body) throws Failed {
            try {
                return Cbor.read(body);
            } catch (MalformedCbor malformed) {
                throw new Failed(
                        Fault.MALFORMED, "The request is not CBOR: " + malformed.getMessage());
            }
        }

        @Override
        void answer(Call call, Optional<Map<String, Object>> members, Response response)
                throws IOException {
            response.header(PROTOCOL, CBOR_NAME);
            if (members.isPresent()) {
                response.header(CONTENT_TYPE, "application/cbor").send(Cbor.write(members.get()));
            } else {
                response.send(NOTHING);
            }
        }

        @Override
        void refuse(Failed failed, Response response) throws IOException {
            response.header(PROTOCOL, CBOR_NAME)
                    .header(CONTENT_TYPE, "application/cbor")
                    .send(Cbor.write(error(failed)));
        }
    },

    /// `X-Amz-Target: GraniteServiceVersion20100801.PutMetricData`
    JSON {
        @Override
        Call call(Request request, byte[] body) throws Failed {
            String target = request.header("X-Amz-Target").orElse("");
            try {
                return new Call(
                        target.substring(target.lastIndexOf('.') + 1),
                        body.length == 0
                                ? Map.of()
                                : object(Json.parse(new String(body, StandardCharsets.UTF_8))
                                        .value()));
            } catch (JsonSyntaxException notJson) {
                throw new Failed(
                        Fault.MALFORMED, "The request is not JSON: " + notJson.getMessage());
            }
        }

        @Override
        void answer(Call call, Optional<Map<String, Object>> members, Response response)
                throws IOException {
            response.header(CONTENT_TYPE, JSON_TYPE)
                    .send(text(members.orElse(Map.of())).getBytes(StandardCharsets.UTF_8));
        }

        @Override
        void refuse(Failed failed, Response response) throws IOException {
            response.header(CONTENT_TYPE, JSON_TYPE)
                    .send(text(error(failed)).getBytes(StandardCharsets.UTF_8));
        }
    },

    /// `Action=PutMetricData&Version=2010-08-01&…`
    QUERY {
        @Override
        Call call(Request request, byte[] body) throws Failed {
            String form = request.method().equals("GET")
                    ? request.rawQuery()
                    : new String(body, StandardCharsets.UTF_8);
            try {
                Form read = Form.parse(form, FIELDS_MAX, Form.Pairs.LIST);
                return new Call(read.action(), read.members());
            } catch (RefusedRequest malformed) {
                throw new Failed(Fault.MALFORMED, malformed.getMessage());
            }
        }

        @Override
        void answer(Call call, Optional<Map<String, Object>> members, Response response)
                throws IOException {
            response.header(CONTENT_TYPE, "text/xml")
                    .send(XML.success(
                            call.operation(),
                            members.orElse(Map.of()),
                            call.requestId(),
                            Protocol::write));
        }

        @Override
        void refuse(Failed failed, Response response) throws IOException {
            response.header(CONTENT_TYPE, "text/xml")
                    .send(XML.error(
                            failed.fault().queryCode(),
                            failed.getMessage(),
                            UUID.randomUUID().toString()));
        }
    };

    /// 1,000 metrics with 150 values and counts each.
    private static final int FIELDS_MAX = 400_000;

    private static final XmlAnswer XML =
            new XmlAnswer("http://monitoring.amazonaws.com/doc/2010-08-01/");
    private static final String CONTENT_TYPE = "Content-Type";
    private static final String JSON_TYPE = "application/x-amz-json-1.0";
    private static final String PROTOCOL = "smithy-protocol";
    private static final String CBOR_NAME = "rpc-v2-cbor";
    private static final byte[] NOTHING = {};
    private static final int MILLISECOND_DIGITS = 3;

    static Protocol of(Request request) {
        if (request.header(PROTOCOL).filter(CBOR_NAME::equals).isPresent()) {
            return CBOR;
        }
        return request.header("X-Amz-Target").isPresent() ? JSON : QUERY;
    }

    /// @param body decompressed
    abstract Call call(Request request, byte[] body) throws Failed;

    /// @param members empty for an operation without any output
    abstract void answer(Call call, Optional<Map<String, Object>> members, Response response)
            throws IOException;

    /// Status and request id are set already.
    abstract void refuse(Failed failed, Response response) throws IOException;

    private static Map<?, ?> object(Object value) throws Failed {
        if (value instanceof Map<?, ?> object) {
            return object;
        }
        throw new Failed(Fault.MALFORMED, "The request is not an object.");
    }

    /// Lists hold `member`s.
    private static void write(Element parent, String name, Object value) {
        parent.around(name, () -> {
            switch (value) {
                case List<?> list -> list.forEach(each -> parent.member("member", each));
                case Map<?, ?> object -> parent.members(object);
                default -> throw new IllegalStateException("neither list nor map: " + name);
            }
        });
    }

    private static Map<String, Object> error(Failed failed) {
        var error = new LinkedHashMap<String, Object>();
        error.put("__type", "com.amazonaws.cloudwatch#" + failed.fault().shape());
        error.put("message", failed.getMessage());
        return error;
    }

    private static String text(Map<String, Object> members) {
        return Json.of(plain(members)).text();
    }

    /// Times become seconds since 1970 with a millisecond fraction.
    private static Object plain(Object value) {
        return switch (value) {
            case Map<?, ?> object -> {
                var members = new LinkedHashMap<String, Object>();
                object.forEach((name, member) -> members.put((String) name, plain(member)));
                yield members;
            }
            case List<?> list -> list.stream().map(Protocol::plain).toList();
            case Instant time ->
                new BigDecimal(BigInteger.valueOf(time.toEpochMilli()), MILLISECOND_DIGITS);
            case Object other -> other;
        };
    }
}
