package parley.rest;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import parley.file.SharedFiles;
import parley.file.StoredFile;
import parley.protocol.Problem;

/** The responses that carry bytes of files. Nothing in them can run in the page's origin, whatever the bytes are. */
final class FileResponse {

    private static final Logger LOG = Logger.getLogger(FileResponse.class.getName());
    // One range. A client that asks for several gets all of it (RFC 9110 section 14.2).
    private static final Pattern RANGE = Pattern.compile("bytes=([0-9]{0,16})-([0-9]{0,16})");
    private static final int PARTIAL = 206;
    private static final int NOT_SATISFIABLE = 416;
    private static final int BUFFER = 64 * 1024;
    private static final String POLICY = "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; "
            + "frame-ancestors 'self'; sandbox";

    /** @param last inclusive */
    private record Range(long first, long last) {

        long length() {
            return last - first + 1;
        }
    }

    private FileResponse() {
    }

    /** The bytes of a file, or the range that the client asks for. */
    static Response of(StoredFile file, String range, String ifRange, String known, SharedFiles files) {
        String tag = tag(file.id());
        if (tag.equals(known)) {
            return headers(Response.notModified(), tag).build();
        }
        Matcher asked = RANGE.matcher(range == null || ifRange != null && !ifRange.equals(tag) ? "" : range.strip());
        boolean isRange = asked.matches() && !(asked.group(1).isEmpty() && asked.group(2).isEmpty());
        Optional<Range> part = isRange ? range(asked, file.size()) : Optional.of(new Range(0, file.size() - 1));
        if (part.isEmpty()) {
            return Response.fromResponse(Problems.response(NOT_SATISFIABLE, Problem.badRequest("The file has " + file.size() + " bytes.")))
                    .header("Content-Range", "bytes */" + file.size()).build();
        }
        Range sent = part.get();
        Response.ResponseBuilder response = headers(Response.status(isRange ? PARTIAL : Response.Status.OK.getStatusCode()), tag)
                .header("Content-Type", file.harmlessType()).header("Content-Disposition", disposition(file))
                .header("Accept-Ranges", "bytes").header("Content-Length", sent.length())
                .entity((StreamingOutput) out -> send(file, sent, files, out));
        return (isRange ? response.header("Content-Range", "bytes " + sent.first + "-" + sent.last + "/" + file.size()) : response)
                .build();
    }

    /** A small picture. */
    static Response of(String id, SharedFiles.Thumbnail thumbnail, String known) {
        String tag = tag(id + ".thumbnail");
        return tag.equals(known) ? headers(Response.notModified(), tag).build()
                : headers(Response.ok(thumbnail.bytes(), thumbnail.type()), tag).header("Content-Disposition", "inline").build();
    }

    // Browsers ask again each time, because the right to read may be gone.
    private static Response.ResponseBuilder headers(Response.ResponseBuilder response, String tag) {
        return response.header("ETag", tag).header("Cache-Control", "private, no-cache").header("Content-Security-Policy", POLICY);
    }

    private static String tag(String id) {
        return "\"" + id + "\"";
    }

    private static Optional<Range> range(Matcher asked, long size) {
        if (asked.group(1).isEmpty()) {
            long count = Math.min(size, Long.parseLong(asked.group(2)));
            return count == 0 ? Optional.empty() : Optional.of(new Range(size - count, size - 1));
        }
        long first = Long.parseLong(asked.group(1));
        long last = asked.group(2).isEmpty() ? size - 1 : Math.min(size - 1, Long.parseLong(asked.group(2)));
        return first > last ? Optional.empty() : Optional.of(new Range(first, last));
    }

    // RFC 6266, with both forms: old clients read the first one, which must be ASCII.
    private static String disposition(StoredFile file) {
        String plain = file.name().replaceAll("[^A-Za-z0-9 ._()-]", "_");
        StringBuilder encoded = new StringBuilder();
        for (byte b : file.name().getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            encoded.append(c < 0x80 && (Character.isLetterOrDigit(c) || "._-".indexOf(c) >= 0) ? String.valueOf(c)
                    : String.format("%%%02X", b & 0xff));
        }
        return (file.isInline() ? "inline" : "attachment") + "; filename=\"" + plain + "\"; filename*=UTF-8''" + encoded;
    }

    private static void send(StoredFile file, Range range, SharedFiles files, OutputStream out) throws IOException {
        try (InputStream bytes = files.open(file, range.first, range.length())) {
            byte[] buffer = new byte[BUFFER];
            int count = bytes.read(buffer);
            while (count > 0) {
                if (!sent(buffer, count, out)) {
                    return;
                }
                count = bytes.read(buffer);
            }
        }
    }

    /** Whether the client took these bytes. Clients go away all the time, so this is no warning. */
    static boolean sent(byte[] buffer, int count, OutputStream out) {
        try {
            out.write(buffer, 0, count);
            return true;
        } catch (IOException | UncheckedIOException gone) {
            LOG.log(Level.FINE, "The client of a download is gone", gone);
            return false;
        }
    }
}
