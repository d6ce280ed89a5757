package parley.file;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;
import parley.settings.FileSettings;

/** Asks clamd about a file, by its command INSTREAM. Waits for the daemon. Safe for every thread. */
final class VirusScanner {

    /** How long the daemon may take for a block, and for its answer. */
    static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final Logger LOG = Logger.getLogger(VirusScanner.class.getName());
    private static final int CONNECT_MILLIS = 5_000;
    private static final long WATCH_MILLIS = 500;
    private static final int BLOCK = 64 * 1024;
    private static final int LONGEST_ANSWER = 1_024;
    private static final String FOUND = " FOUND";

    private final FileSettings.Scanner address;
    private final ScheduledExecutorService timer;
    private final Duration patience;

    /**
     * @param timer closes connections to a daemon that stops reading
     * @param patience {@link #PATIENCE}, except in tests
     */
    VirusScanner(FileSettings.Scanner address, ScheduledExecutorService timer, Duration patience) {
        this.address = address;
        this.timer = timer;
        this.patience = patience;
    }

    /** What the daemon said. */
    sealed interface Verdict {

        /** It found nothing. */
        record Clean() implements Verdict {}

        /** It found something, which has this name. */
        record Found(String name) implements Verdict {}

        /** It gave no verdict: it can't be reached, or it refused to scan the file. */
        record None(String why) implements Verdict {}
    }

    Verdict scan(FileStore.Source file) {
        try (Socket socket = new Socket(); InputStream bytes = file.open()) {
            socket.connect(new InetSocketAddress(address.host(), address.port()), CONNECT_MILLIS);
            socket.setSoTimeout((int) patience.toMillis());
            AtomicLong progress = new AtomicLong(System.nanoTime());
            ScheduledFuture<?> watch = timer.scheduleWithFixedDelay(() -> closeIfStuck(socket, progress.get()), WATCH_MILLIS, WATCH_MILLIS,
                    TimeUnit.MILLISECONDS);
            try {
                return verdict(send(socket, bytes, progress));
            } finally {
                watch.cancel(false);
            }
        } catch (IOException away) {
            return new Verdict.None("clamd can't be used: " + away.getMessage());
        }
    }

    // A socket has a timeout for reading only.
    private void closeIfStuck(Socket socket, long since) {
        if (System.nanoTime() - since > patience.toNanos() + TimeUnit.MILLISECONDS.toNanos(WATCH_MILLIS)) {
            try {
                socket.close();
            } catch (IOException alreadyClosed) {
                LOG.log(Level.FINE, "The connection to clamd is closed already", alreadyClosed);
            }
        }
    }

    // Past its own limit, the daemon answers and closes the connection while bytes are still being sent.
    private static String send(Socket socket, InputStream bytes, AtomicLong progress) throws IOException {
        try {
            DataOutputStream out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream(), BLOCK + Integer.BYTES));
            out.write("zINSTREAM\0".getBytes(StandardCharsets.US_ASCII));
            byte[] block = bytes.readNBytes(BLOCK);
            while (block.length > 0) {
                out.writeInt(block.length);
                out.write(block);
                progress.set(System.nanoTime());
                block = bytes.readNBytes(BLOCK);
            }
            out.writeInt(0);
            out.flush();
            progress.set(System.nanoTime());
        } catch (IOException hungUp) {
            String said = answer(socket);
            if (said.isEmpty()) {
                throw hungUp;
            }
            return said;
        }
        return answer(socket);
    }

    private static String answer(Socket socket) throws IOException {
        StringBuilder answer = new StringBuilder();
        InputStream in = socket.getInputStream();
        for (int c = in.read(); c > 0 && answer.length() < LONGEST_ANSWER; c = in.read()) {
            answer.append((char) c);
        }
        return answer.toString().strip();
    }

    private static Verdict verdict(String answer) {
        if (answer.endsWith(": OK")) {
            return new Verdict.Clean();
        }
        if (answer.endsWith(FOUND)) {
            String name = answer.substring(answer.indexOf(':') + 1, answer.length() - FOUND.length()).strip();
            return new Verdict.Found(name.replaceAll("[^A-Za-z0-9._()/-]", "_"));
        }
        return new Verdict.None("clamd answered: " + answer.replaceAll("[^\\x20-\\x7e]", "_"));
    }
}
