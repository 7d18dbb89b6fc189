package dev.mapwright.adapters.services.http;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/// The first bytes of a body as text. What would come after them is not waited for.
final class BodyBeginning implements BodySubscriber<String> {
    private final int bytesMax;
    private final Charset charset;
    private final ByteArrayOutputStream read = new ByteArrayOutputStream();
    private final CompletableFuture<String> body = new CompletableFuture<>();
    private Flow.Subscription subscription;

    BodyBeginning(int bytesMax, Charset charset) {
        this.bytesMax = bytesMax;
        this.charset = charset;
    }

    @Override
    public CompletionStage<String> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription all) {
        subscription = all;
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            var next = new byte[Math.min(buffer.remaining(), bytesMax - read.size())];
            buffer.get(next);
            read.writeBytes(next);
        }
        if (read.size() == bytesMax) {
            subscription.cancel();
            onComplete();
        }
    }

    @Override
    public void onError(Throwable broken) {
        body.completeExceptionally(broken);
    }

    @Override
    public void onComplete() {
        body.complete(read.toString(charset));
    }
}
