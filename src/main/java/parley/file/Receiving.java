package parley.file;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * Reads the body of an upload and stores it chunk by chunk. When all is there, the file is prepared. If the body breaks off, what arrived
 * is stored. Waits for the client and for the database.
 */
@ApplicationScoped
public class Receiving {

    /** A client that sends less is cut off after a while: it would keep a thread. It can go on with the upload. */
    private static final long SLOWEST_PER_SECOND = 2_048;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Uploads uploads;
    private Preparing preparing;
    private FileMetrics metrics;

    /** For the container's proxy. */
    protected Receiving() {
    }

    @Inject
    Receiving(Uploads uploads, Preparing preparing, FileMetrics metrics) {
        this.uploads = uploads;
        this.preparing = preparing;
        this.metrics = metrics;
    }

    /**
     * Receives bytes.
     *
     * @param offset where the body begins
     * @param whole whether the body is all of the file, so that its end is the end of the file; if it breaks off, nothing is kept
     * @throws IOException if the client went away
     */
    public Outcome receive(StoredFile upload, long offset, InputStream body, boolean whole) throws IOException {
        try {
            Outcome received = read(upload, offset, body);
            if (whole && received instanceof Outcome.Done) {
                received = uploads.end(upload.id());
            }
            if (!(received instanceof Outcome.Done done)) {
                forgetIf(whole, upload);
                return received;
            }
            return done.file().state() == StoredFile.State.RECEIVED ? preparing.prepare(done.file()) : received;
        } catch (IOException broken) {
            forgetIf(whole, upload);
            throw broken;
        }
    }

    /** Throws if so many bytes in this time, in nanoseconds, are too few. */
    static void checkPace(long nanos, long bytes) throws IOException {
        if (nanos > PATIENCE.toNanos() && bytes < TimeUnit.NANOSECONDS.toSeconds(nanos) * SLOWEST_PER_SECOND) {
            throw new IOException("The client sends too slowly");
        }
    }

    private void forgetIf(boolean whole, StoredFile upload) {
        if (whole) {
            uploads.terminate(upload.room(), upload.owner(), upload.id());
        }
    }

    private Outcome read(StoredFile upload, long offset, InputStream body) throws IOException {
        byte[] chunk = new byte[Chunks.LARGEST];
        Outcome latest = new Outcome.Done(upload);
        long at = offset;
        long began = System.nanoTime();
        boolean more = true;
        while (more && latest instanceof Outcome.Done) {
            int filled = 0;
            IOException broken = null;
            try {
                int count = body.read(chunk, 0, chunk.length);
                while (count > 0 && filled + count < chunk.length) {
                    filled += count;
                    checkPace(System.nanoTime() - began, at + filled - offset);
                    count = body.read(chunk, filled, chunk.length - filled);
                }
                filled += Math.max(count, 0);
                more = count >= 0;
            } catch (IOException gone) {
                broken = gone;
            }
            if (filled > 0) {
                latest = uploads.append(upload.id(), at, Arrays.copyOf(chunk, filled));
                at += filled;
                metrics.received(filled);
            }
            if (broken != null) {
                throw broken;
            }
        }
        // Bytes are checked as they are stored. A body without bytes has to be checked here.
        return at == offset && offset != upload.received() ? new Outcome.Refused(Uploads.wrongOffset(upload)) : latest;
    }
}
