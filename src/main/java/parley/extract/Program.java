package parley.extract;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Finds the text of the file on standard input. Writes the {@link Outcome} in a line, and then the text, in UTF-8. Arguments: the {@link
 * Kind}, and after how many seconds the process ends in any case.
 */
public final class Program {

    /** The most bytes of an answer. */
    public static final int MOST_BYTES = 3 * BoundedText.MOST + 32;
    /** The exit code of a process whose time was over. */
    public static final int TOO_SLOW = 7;

    private static final Path FIRST_TO_END = Path.of("/proc/self/oom_score_adj");

    private Program() {
    }

    public static void main(String[] arguments) throws IOException {
        endIn(Duration.ofSeconds(Long.parseLong(arguments[1])));
        volunteer();
        // Libraries may print and log; only this program's answer goes to the server.
        Logger.getLogger("").setLevel(Level.OFF);
        FileOutputStream answer = new FileOutputStream(FileDescriptor.out);
        System.setOut(System.err);
        BoundedText text = new BoundedText();
        Outcome outcome = Kind.valueOf(arguments[0]).find(System.in.readAllBytes(), text);
        answer.write((outcome + "\n" + text.text()).getBytes(StandardCharsets.UTF_8));
    }

    // If the server is killed, nobody else ends this process.
    private static void endIn(Duration limit) {
        Thread end = new Thread(() -> {
            try {
                Thread.sleep(limit);
            } catch (InterruptedException never) {
                Thread.currentThread().interrupt();
            }
            Runtime.getRuntime().halt(TOO_SLOW);
        });
        end.setDaemon(true);
        end.start();
    }

    // When Linux runs out of memory, it ends this process instead of the server.
    private static void volunteer() {
        try {
            Files.writeString(FIRST_TO_END, "1000");
        } catch (IOException | RuntimeException elsewhere) {
            System.err.println("This system has no order of processes to end");
        }
    }
}
