package dev.mapwright.server.lambda;

import dev.mapwright.adapters.functions.invocation.FunctionRefused;
import dev.mapwright.engine.execution.Refused;
import dev.mapwright.engine.maprun.ObjectStore;
import dev.mapwright.engine.maprun.ObjectStore.ObjectFailed;
import dev.mapwright.server.awsjson.Parameters;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/// Where a request says a function's code is: in itself, or in an object of S3.
final class CodeSource {
    /// https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
    static final int ZIP_BYTES_MAX = 50 * 1024 * 1024;

    private static final int OBJECT_BYTES_MAX = 250 * 1024 * 1024;
    private static final int NAME_CHARS_MAX = 63;
    private static final int KEY_CHARS_MAX = 1024;

    private final ObjectStore objects;

    CodeSource(ObjectStore objects) {
        this.objects = objects;
    }

    /// @param code members `ZipFile`, or `S3Bucket` and `S3Key` with or without `S3ObjectVersion`
    byte[] zip(Parameters code) throws FunctionRefused, Refused, InterruptedException {
        if (code.has("ImageUri")) {
            throw FunctionRefused.invalid(
                    "Mapwright runs no container images: give the code as a zip file instead of 'ImageUri'.");
        }
        Optional<byte[]> zip = code.blob("ZipFile", ZIP_BYTES_MAX);
        Optional<String> bucket = code.text("S3Bucket", NAME_CHARS_MAX);
        Optional<String> key = code.text("S3Key", KEY_CHARS_MAX);
        Optional<String> version = code.text("S3ObjectVersion", KEY_CHARS_MAX);
        code.check();
        if (zip.isPresent()) {
            return zip.get();
        }
        if (bucket.isEmpty() || key.isEmpty()) {
            throw FunctionRefused.invalid("Please provide a source for function code.");
        }
        try (InputStream in = objects.read(bucket.get(), key.get(), version, 0, Optional.empty())) {
            byte[] bytes = in.readNBytes(OBJECT_BYTES_MAX + 1);
            if (bytes.length > OBJECT_BYTES_MAX) {
                throw FunctionRefused.invalid(
                        "Unzipped size must be smaller than %d bytes".formatted(OBJECT_BYTES_MAX));
            }
            return bytes;
        } catch (ObjectFailed failed) {
            throw FunctionRefused.invalid(
                    "Error occurred while GetObject. S3 Error Code: %s. S3 Error Message: %s"
                            .formatted(failed.code(), failed.getMessage()));
        } catch (IOException broken) {
            throw FunctionRefused.invalid("Error occurred while GetObject: " + broken.getMessage());
        }
    }
}
