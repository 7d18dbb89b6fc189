package dev.mapwright.adapters.aws;

import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// Hands what an SDK client would send to a service in this process.
final class LocalHttpClient implements SdkHttpClient {
    private final LocalService service;

    LocalHttpClient(LocalService service) {
        this.service = service;
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() throws IOException {
                return answer(request);
            }

            @Override
            public void abort() {
                // The calling thread does the work itself, and stops when it is interrupted.
            }
        };
    }

    private HttpExecuteResponse answer(HttpExecuteRequest request) throws IOException {
        var answer = new LocalAnswer();
        try (InputStream body = request.contentStreamProvider()
                .map(ContentStreamProvider::newStream)
                .orElseGet(InputStream::nullInputStream)) {
            service.answer(call(request.httpRequest(), body), answer);
        } catch (IOException broken) {
            if (!answer.isCut()) {
                throw broken;
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException(
                    "interrupted while a service in this process answered");
        }
        return HttpExecuteResponse.builder()
                .response(SdkHttpResponse.builder()
                        .statusCode(answer.status())
                        .headers(answer.headers())
                        .build())
                .responseBody(AbortableInputStream.create(answer.content()))
                .build();
    }

    private static LocalService.Call call(SdkHttpRequest request, InputStream body) {
        Map<String, List<String>> headers = new TreeMap<>();
        request.headers()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
        return new LocalService.Call(
                request.method().name(),
                request.encodedPath(),
                request.encodedQueryParameters().orElse(""),
                headers,
                body);
    }

    @Override
    public String clientName() {
        return "Local";
    }

    @Override
    public void close() {
        // Nothing is held between calls.
    }
}
