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
 * The ports of one server, on loopback.
 *
 * @param http  the port for clients
 * @param admin the port for asadmin
 */
public record Ports(int http, int admin) {

    // Below the ephemeral ports (from 32,768 on Linux): an outgoing connection could take the port before the server does.
    private static final int LOWEST = 20_000;
    private static final int HIGHEST = 32_000;
    private static final Set<Integer> RESERVED = new HashSet<>();

    /** Two free ports. */
    static Ports free() {
        return withHttp(anyFree());
    }

    /** This port for clients and a free one for asadmin. {@link #check} tests whether the port is free. */
    static Ports withHttp(int http) {
        return new Ports(http, anyFree());
    }

    /** A {@link CannotRun} if the port for clients is invalid or in use, before the server fails with a long log. */
    void check() {
        if (http < 1 || http > 65_535 || !isFree(http)) {
            throw new CannotRun("Port " + http + " is invalid or in use; choose another one with -Dparley.http.port=…");
        }
    }

    /** The first of three consecutive free ports. */
    public static int threeInARow() {
        return consecutive(3);
    }

    /** A free port that this JVM has not handed out before. */
    public static int anyFree() {
        return consecutive(1);
    }

    private static synchronized int consecutive(int count) {
        for (int attempt = 0; attempt < 1_000; attempt++) {
            int first = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
            List<Integer> ports = IntStream.range(first, first + count).boxed().toList();
            if (ports.stream().noneMatch(RESERVED::contains) && ports.stream().allMatch(Ports::isFree)) {
                RESERVED.addAll(ports);
                return first;
            }
        }
        throw new CannotRun("Too few free ports between " + LOWEST + " and " + HIGHEST + " on this machine.");
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
