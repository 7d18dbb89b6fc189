package dev.mapwright.server.s3;

import dev.mapwright.adapters.objects.local.ErrorCode;
import dev.mapwright.adapters.objects.local.LocalS3;
import dev.mapwright.adapters.objects.local.S3Failed;
import dev.mapwright.server.http.Handler;
import dev.mapwright.server.http.Request;
import dev.mapwright.server.http.Response;

import java.io.IOException;
import java.util.UUID;

/// S3 over HTTP. Signatures are not checked: whoever reaches the port may do everything, as the one
/// account there is.
public final class S3Handler implements Handler {
    private final Routes routes;
    private final S3Settings settings;

    public S3Handler(LocalS3 s3, S3Settings settings) {
        this.routes = new Routes(s3, settings);
        this.settings = settings;
    }

    @Override
    public void handle(Request request, Response response)
            throws IOException, InterruptedException {
        String requestId = UUID.randomUUID().toString();
        response.header("x-amz-request-id", requestId).header("x-amz-id-2", requestId);
        try {
            Call call = new Call(request, response);
            answer(call, requestId);
        } catch (S3Failed failed) {
            send(failed, request, response, requestId);
        }
    }

    private void answer(Call call, String requestId) throws IOException, InterruptedException {
        try {
            Owner.check(call, settings);
            Refusals.check(call);
            routes.find(call).answer(call);
        } catch (S3Failed failed) {
            if (call.answered()) {
                throw new IOException(
                        "request %s failed after its answer had begun".formatted(requestId),
                        failed);
            }
            throw failed;
        }
    }

    private static void send(S3Failed failed, Request request, Response response, String requestId)
            throws IOException {
        failed.deleteMarker().ifPresent(marker -> response.header("x-amz-delete-marker", "true")
                .header("x-amz-version-id", marker.id()));
        response.status(failed.code().status());
        if (request.method().equals("HEAD") || failed.code() == ErrorCode.NOT_MODIFIED) {
            response.send(new byte[0]);
            return;
        }
        Xml xml = Xml.error()
                .element("Code", failed.code().text())
                .element("Message", failed.getMessage())
                .element("Resource", request.rawPath())
                .element("RequestId", requestId);
        response.header("Content-Type", "application/xml").send(xml.bytes());
    }
}
