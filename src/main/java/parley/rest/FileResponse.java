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
import parley.export.Exports;
import parley.file.SharedFiles;
import parley.file.StoredFile;
import parley.protocol.Problem;

/** The responses that carry bytes of files. Nothing in them can run in the page's origin, whatever the bytes are. */
final class FileResponse {

    private static final Logger LOG = Logger.getLogger(FileResponse.class.getName());
    private static final int PARTIAL = 206;
    private static final int NOT_SATISFIABLE = 416;
    private static final int BUFFER = 64 * 1024;
    private static final String POLICY = "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; "
            + "frame-ancestors 'self'; sandbox";

    private FileResponse() {
    }

    /** The bytes of a file, or the range that the client asks for. */
    static Response of(StoredFile file, String range, String ifRange, String known, SharedFiles files) {
        String tag = tag(file.id());
        if (IfNoneMatch.names(known, tag)) {
            return headers(Response.notModified(), tag).build();
        }
        Optional<ByteRange> part = ByteRange.of(range, ifRange, tag, file.size());
        if (part.isEmpty()) {
            return notSatisfiable(file.size());
        }
        ByteRange sent = part.get();
        Response.ResponseBuilder response = headers(Response.status(sent.isAsked() ? PARTIAL : Response.Status.OK.getStatusCode()), tag)
                .header("Content-Type", file.harmlessType()).header("Content-Disposition", disposition(file))
                .header("Accept-Ranges", "bytes").header("Content-Length", sent.length())
                .entity((StreamingOutput) out -> send(files.open(file, sent.first(), sent.length()), out));
        return (sent.isAsked() ? response.header("Content-Range", sent.of(file.size())) : response).build();
    }

    /** A small picture. */
    static Response of(String id, SharedFiles.Thumbnail thumbnail, String known) {
        String tag = tag(id + ".thumbnail");
        return IfNoneMatch.names(known, tag) ? headers(Response.notModified(), tag).build()
                : headers(Response.ok(thumbnail.bytes(), thumbnail.type()), tag).header("Content-Disposition", "inline").build();
    }

    /** A small picture that everyone may see, at an address that has no other one ever. */
    static Response unchanging(String id, SharedFiles.Thumbnail picture, String known) {
        String tag = tag(id);
        Response.ResponseBuilder response = IfNoneMatch.names(known, tag) ? Response.notModified()
                : Response.ok(picture.bytes(), picture.type());
        return response.header("ETag", tag).header("Cache-Control", "private, max-age=31536000, immutable")
                .header("Content-Security-Policy", POLICY).header("Content-Disposition", "inline").build();
    }

    // Browsers ask again each time, because the right to read may be gone.
    private static Response.ResponseBuilder headers(Response.ResponseBuilder response, String tag) {
        return response.header("ETag", tag).header("Cache-Control", "private, no-cache").header("Content-Security-Policy", POLICY);
    }

    private static String tag(String id) {
        return "\"" + id + "\"";
    }

    private static Response notSatisfiable(long size) {
        return Response.fromResponse(Problems.response(NOT_SATISFIABLE, Problem.badRequest("The file has " + size + " bytes.")))
                .header("Content-Range", "bytes */" + size).build();
    }

    /** The bytes of the archive of an export, or the range that the client asks for. */
    static Response of(String name, Exports.Download archive, String range, String ifRange) {
        String tag = tag(archive.tag());
        Optional<ByteRange> part = ByteRange.of(range, ifRange, tag, archive.length());
        if (part.isEmpty()) {
            return notSatisfiable(archive.length());
        }
        ByteRange sent = part.get();
        Response.ResponseBuilder response = headers(Response.status(sent.isAsked() ? PARTIAL : Response.Status.OK.getStatusCode()), tag)
                .header("Content-Type", "application/zip").header("Content-Disposition", "attachment; filename=\"" + name + "\"")
                .header("Accept-Ranges", "bytes").header("Content-Length", sent.length())
                .entity((StreamingOutput) out -> send(archive.open(sent.first(), sent.length()), out));
        return (sent.isAsked() ? response.header("Content-Range", sent.of(archive.length())) : response).build();
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

    private static void send(InputStream source, OutputStream out) throws IOException {
        try (InputStream bytes = source) {
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
