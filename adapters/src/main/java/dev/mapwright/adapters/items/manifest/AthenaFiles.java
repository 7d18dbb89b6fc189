package dev.mapwright.adapters.items.manifest;

import dev.mapwright.adapters.items.object.ItemBytes;
import dev.mapwright.adapters.items.object.ObjectAddress;
import dev.mapwright.adapters.items.object.ObjectReading;
import dev.mapwright.adapters.items.series.ObjectSeries;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.maprun.ReadFailed;

import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The data files that an Athena manifest names: one `s3://bucket/key` a line, in quotes or not;
/// blank lines are skipped.
final class AthenaFiles implements ObjectSeries {
    private static final ItemBytes.Stops NEWLINE = new ItemBytes.Stops("\n");
    private static final Pattern URI = Pattern.compile("s3://([^/]+)/(.+)");

    private final ObjectReading manifest;
    private final Json config;
    private final ItemBytes bytes;
    private long files;
    private long linesBefore;

    private AthenaFiles(ObjectReading manifest, Json config, ItemBytes bytes) {
        this.manifest = manifest;
        this.config = config;
        this.bytes = bytes;
        this.files = manifest.start().item();
        this.linesBefore = manifest.start().mark();
    }

    static AthenaFiles open(ObjectReading manifest, Json config)
            throws ReadFailed, InterruptedException {
        long offset = manifest.start().offset();
        var bytes = new ItemBytes(manifest.from(offset), offset);
        try {
            if (offset == 0) {
                bytes.skipByteOrderMark();
            }
            return new AthenaFiles(manifest, config, bytes);
        } catch (IOException e) {
            bytes.close();
            throw manifest.failed(e);
        }
    }

    @Override
    public Optional<Member> next() throws ReadFailed, InterruptedException {
        try {
            while (bytes.peek() != ItemBytes.END) {
                String uri = line();
                if (!uri.isEmpty()) {
                    files++;
                    return Optional.of(member(uri));
                }
            }
            return Optional.empty();
        } catch (ReadFailed e) {
            throw new ReadFailed(
                    "The manifest %s, line %d: %s"
                            .formatted(manifest.address().uri(), linesBefore, e.getMessage()),
                    e);
        } catch (IOException e) {
            throw manifest.failed(e);
        }
    }

    private String line() throws IOException, ReadFailed {
        linesBefore++;
        bytes.begin();
        int end = bytes.skipUntil(NEWLINE);
        String line = bytes.takeText().strip();
        if (end != ItemBytes.END) {
            bytes.skip();
        }
        boolean quoted = line.length() > 1 && line.startsWith("\"") && line.endsWith("\"");
        return quoted ? line.substring(1, line.length() - 1) : line;
    }

    private static Member member(String uri) throws ReadFailed {
        Matcher parts = URI.matcher(uri);
        if (!parts.matches()) {
            throw new ReadFailed(
                    "'%s' is not the URI of a data file, as s3://bucket/key is".formatted(uri));
        }
        return Member.named(new ObjectAddress(parts.group(1), parts.group(2), Optional.empty()));
    }

    @Override
    public String place() {
        return manifest.position(files, bytes.offset(), linesBefore);
    }

    @Override
    public Json config() {
        return config;
    }

    @Override
    public void close() {
        bytes.close();
    }
}
