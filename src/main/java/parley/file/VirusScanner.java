package parley.file;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import parley.settings.FileSettings;

/** Asks clamd about a file, by its command INSTREAM. Waits for the daemon. Safe for every thread. */
final class VirusScanner {

    private static final int CONNECT_MILLIS = 5_000;
    private static final int ANSWER_MILLIS = 120_000;
    private static final int BLOCK = 64 * 1024;
    private static final int LONGEST_ANSWER = 1_024;
    private static final String FOUND = " FOUND";

    private final FileSettings.Scanner address;

    VirusScanner(FileSettings.Scanner address) {
        this.address = address;
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
            socket.setSoTimeout(ANSWER_MILLIS);
            return verdict(send(socket, bytes));
        } catch (IOException away) {
            return new Verdict.None("clamd can't be used: " + away.getMessage());
        }
    }

    // Past its own limit, the daemon answers and closes the connection while bytes are still being sent.
    private static String send(Socket socket, InputStream bytes) throws IOException {
        try {
            DataOutputStream out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream(), BLOCK + Integer.BYTES));
            out.write("zINSTREAM\0".getBytes(StandardCharsets.US_ASCII));
            byte[] block = bytes.readNBytes(BLOCK);
            while (block.length > 0) {
                out.writeInt(block.length);
                out.write(block);
                block = bytes.readNBytes(BLOCK);
            }
            out.writeInt(0);
            out.flush();
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
