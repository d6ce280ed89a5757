package parley.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/**
 * The ports that one server listens on, all of them on loopback.
 *
 * @param http  where browsers and clients come
 * @param admin where asadmin comes
 */
public record Ports(int http, int admin) {

    // Below those that systems give to outgoing connections (from 32,768 on Linux), which could take one before its server does.
    private static final int LOWEST = 20_000;
    private static final int HIGHEST = 32_000;
    private static final Set<Integer> GIVEN = new HashSet<>();

    /** Ports that were free a moment ago. */
    static Ports free() {
        return withHttp(anyFree());
    }

    /** The given port for clients, a free one for asadmin; whether the given one is taken shows {@link #check}. */
    static Ports withHttp(int http) {
        return new Ports(http, anyFree());
    }

    /** Tells the person which port is in the way before the server would say so on page two of its log. */
    void check() {
        if (http < 1 || http > 65_535 || !isFree(http)) {
            throw new CannotRun("Port " + http + " is taken or not allowed; choose another one with -Dparley.http.port=…");
        }
    }

    /** The first of three ports in a row that were free a moment ago. */
    public static int threeInARow() {
        return inARow(3);
    }

    /** A port that was free a moment ago, and that nobody else in this JVM was given. */
    public static int anyFree() {
        return inARow(1);
    }

    private static synchronized int inARow(int count) {
        for (int attempt = 0; attempt < 1_000; attempt++) {
            int first = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
            List<Integer> row = IntStream.range(first, first + count).boxed().toList();
            if (row.stream().noneMatch(GIVEN::contains) && row.stream().allMatch(Ports::isFree)) {
                GIVEN.addAll(row);
                return first;
            }
        }
        throw new CannotRun("There are too few free ports from " + LOWEST + " to " + HIGHEST + " on this machine.");
    }

    private static boolean isFree(int port) {
        try {
            new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
