package parley.rest;

import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Optional;
import parley.file.StoredFile;
import parley.protocol.Problem;

/** The headers of tus 1.0 (tus.io): core, creation, expiration, termination. */
final class Tus {

    /** The header that each side sends. */
    static final String VERSION = "Tus-Resumable";
    /** The media type of a part. */
    static final String BYTES = "application/offset+octet-stream";

    private static final String SPOKEN = "1.0.0";
    private static final String OFFSET = "Upload-Offset";
    private static final int PRECONDITION_FAILED = 412;
    private static final int UNSUPPORTED = 415;
    private static final int LONGEST_METADATA = 4_096;

    private Tus() {
    }

    static Response options(long most) {
        return resumable(Response.noContent()).header("Tus-Version", SPOKEN).header("Tus-Extension", "creation,expiration,termination")
                .header("Tus-Max-Size", most).build();
    }

    static Response.ResponseBuilder resumable(Response.ResponseBuilder response) {
        return response.header(VERSION, SPOKEN).header("Cache-Control", "no-store");
    }

    /** The refusal of a client that speaks another version. */
    static Optional<Response> wrongVersion(String version) {
        return SPOKEN.equals(version) ? Optional.empty()
                : Optional.of(Response.fromResponse(Problems.response(PRECONDITION_FAILED,
                Problem.badRequest("`Tus-Resumable` must be " + SPOKEN + "."))).header("Tus-Version", SPOKEN).build());
    }

    /** The refusal of a part that has another type. */
    static Optional<Response> wrongType(String type) {
        return BYTES.equals(type) ? Optional.empty()
                : Optional.of(Problems.response(UNSUPPORTED, Problem.badRequest("`Content-Type` must be " + BYTES + ".")));
    }

    static Response created(String location, StoredFile upload, Duration kept) {
        return offset(Response.status(Response.Status.CREATED).header("Location", location), upload, kept);
    }

    static Response offset(Response.ResponseBuilder response, StoredFile upload, Duration kept) {
        String expires = DateTimeFormatter.RFC_1123_DATE_TIME.format(Instant.ofEpochMilli(upload.changed()).plus(kept)
                .atOffset(ZoneOffset.UTC));
        return resumable(response).header(OFFSET, upload.received()).header("Upload-Length", upload.size())
                .header("Upload-Expires", expires).build();
    }

    /** A number of bytes; empty if the header is none. */
    static Optional<Long> number(String header) {
        return Optional.ofNullable(header).filter(digits -> digits.matches("[0-9]{1,16}")).map(Long::valueOf);
    }

    /** The file's name among the pairs of {@code Upload-Metadata}, else the other one; empty if the header is malformed. */
    static Optional<String> name(String metadata, String otherwise) {
        if (metadata == null) {
            return Optional.of(otherwise);
        }
        if (metadata.length() > LONGEST_METADATA) {
            return Optional.empty();
        }
        for (String pair : metadata.split(",")) {
            String[] parts = pair.strip().split(" ");
            if (parts[0].equals("filename") && parts.length == 2) {
                try {
                    return Optional.of(new String(Base64.getDecoder().decode(parts[1]), StandardCharsets.UTF_8));
                } catch (IllegalArgumentException notBase64) {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(otherwise);
    }
}
