package dev.mapwright.adapters.objects.local;

import dev.mapwright.adapters.objects.local.Uploads.Completion;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The object that the parts of an upload make, checked against what the completing client claims.
///
/// @param unused uploaded parts that the client didn't name
record Assembly(List<Part> parts, List<Part> unused, String etag, Checksum checksum) {

    static Assembly of(Upload upload, List<Part> uploaded, Completion completion) throws S3Failed {
        List<Part> parts = claimed(upload, uploaded, completion.claims());
        Set<Integer> used = new HashSet<>();
        parts.forEach(part -> used.add(part.number()));
        List<Part> unused =
                uploaded.stream().filter(part -> !used.contains(part.number())).toList();
        Assembly assembly = new Assembly(parts, unused, etag(parts), checksum(upload, parts));
        assembly.compare(completion);
        return assembly;
    }

    List<Body.Piece> pieces() {
        return parts.stream()
                .map(part ->
                        new Body.Piece(part.number(), part.bytes(), part.file(), part.checksum()))
                .toList();
    }

    ObjectVersion.Content content(NewObject object, long body) {
        return new ObjectVersion.Content(
                bytes(), etag, object.headers(), object.tags(), checksum, parts.size(), body);
    }

    private long bytes() {
        return parts.stream().mapToLong(Part::bytes).sum();
    }

    private static List<Part> claimed(
            Upload upload, List<Part> uploaded, List<Completion.Claim> claims) throws S3Failed {
        if (claims.isEmpty()) {
            throw new S3Failed(ErrorCode.MALFORMED_XML, "You must specify at least one part.");
        }
        Map<Integer, Part> byNumber =
                uploaded.stream().collect(Collectors.toMap(Part::number, Function.identity()));
        List<Part> parts = new ArrayList<>();
        int previous = 0;
        for (Completion.Claim claim : claims) {
            if (claim.number() <= previous) {
                throw new S3Failed(
                        ErrorCode.INVALID_PART_ORDER,
                        "The list of parts was not in ascending order: part %d after part %d."
                                .formatted(claim.number(), previous));
            }
            previous = claim.number();
            Part part = byNumber.get(claim.number());
            if (part == null || !Etags.bare(part.etag()).equals(Etags.bare(claim.etag()))) {
                throw new S3Failed(
                        ErrorCode.INVALID_PART,
                        "One or more of the specified parts could not be found: part %d with ETag %s."
                                .formatted(claim.number(), claim.etag()));
            }
            checkChecksum(upload, part, claim);
            parts.add(part);
        }
        for (Part part : parts.subList(0, parts.size() - 1)) {
            if (part.bytes() < Uploads.PART_BYTES_MIN) {
                throw new S3Failed(
                        ErrorCode.ENTITY_TOO_SMALL,
                        "Your proposed upload is smaller than the minimum allowed size: part %d has %d bytes, all but the "
                                        .formatted(part.number(), part.bytes())
                                + "last one need %d.".formatted(Uploads.PART_BYTES_MIN));
            }
        }
        return parts;
    }

    private static void checkChecksum(Upload upload, Part part, Completion.Claim claim)
            throws S3Failed {
        String claimed =
                claim.checksums().getOrDefault(upload.object().algorithm(), part.checksum());
        if (!claimed.equals(part.checksum())) {
            throw new S3Failed(
                    ErrorCode.INVALID_PART,
                    "One or more of the specified parts could not be found: part %d has the %s %s, not %s."
                            .formatted(
                                    part.number(),
                                    upload.object().algorithm(),
                                    part.checksum(),
                                    claimed));
        }
    }

    private void compare(Completion completion) throws S3Failed {
        if (completion.bytes().isPresent() && completion.bytes().get() != bytes()) {
            throw new S3Failed(
                    ErrorCode.INVALID_REQUEST,
                    "The provided 'x-amz-mp-object-size' header value %d does not match what was computed: %d."
                            .formatted(completion.bytes().get(), bytes()));
        }
        String expected = completion
                .checksum()
                .map(Assembly::withoutCount)
                .orElse(withoutCount(checksum.value()));
        if (!expected.equals(withoutCount(checksum.value()))) {
            throw new S3Failed(
                    ErrorCode.BAD_DIGEST,
                    "The %s you specified did not match the calculated checksum: %s, computed %s."
                            .formatted(checksum.algorithm(), expected, checksum.value()));
        }
    }

    private static String withoutCount(String checksum) {
        int dash = checksum.indexOf('-');
        return dash < 0 ? checksum : checksum.substring(0, dash);
    }

    private static String etag(List<Part> parts) {
        MessageDigest md5 = ChecksumAlgorithm.digest("MD5");
        parts.forEach(part -> md5.update(HexFormat.of().parseHex(Etags.bare(part.etag()))));
        return "\"%s-%d\"".formatted(HexFormat.of().formatHex(md5.digest()), parts.size());
    }

    private static Checksum checksum(Upload upload, List<Part> parts) {
        ChecksumAlgorithm algorithm = upload.object().algorithm();
        String value =
                switch (upload.type()) {
                    case COMPOSITE -> {
                        ChecksumAlgorithm.Running running = algorithm.start();
                        for (Part part : parts) {
                            byte[] bytes = decode(part);
                            running.update(bytes, 0, bytes.length);
                        }
                        yield Base64.getEncoder().encodeToString(running.finish()) + "-"
                                + parts.size();
                    }
                    case FULL_OBJECT -> {
                        CrcCombination combination = algorithm.combination().orElseThrow();
                        byte[] whole = decode(parts.getFirst());
                        for (Part part : parts.subList(1, parts.size())) {
                            whole = combination.combine(whole, decode(part), part.bytes());
                        }
                        yield Base64.getEncoder().encodeToString(whole);
                    }
                };
        return new Checksum(algorithm, upload.type(), value);
    }

    private static byte[] decode(Part part) {
        return Base64.getDecoder().decode(part.checksum());
    }
}
