package parley.preview;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import parley.outgoing.Hosts;
import parley.outgoing.PinnedConnection;

/**
 * Fetches the page or picture at a URL: at most {@value #LARGEST} bytes, over at most {@value #MOST_REDIRECTS} redirects, each of which is
 * checked like the first URL. Sends neither cookies nor a referrer. Safe for every thread.
 */
final class PageFetcher {

    /** The most bytes that are read. A longer page is cut off; a larger picture is refused. */
    static final int LARGEST = 512 * 1024;
    static final int MOST_REDIRECTS = 3;

    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final PreviewHosts hosts;
    private final PinnedConnection connection;

    /** @param timer closes connections that take too long */
    PageFetcher(PreviewHosts hosts, ScheduledExecutorService timer) {
        this.hosts = hosts;
        this.connection = new PinnedConnection(timer);
    }

    /**
     * The content at a URL.
     *
     * @param at the URL after all redirects
     * @param type the value of Content-Type in lower case, with parameters
     * @param whole whether these are all bytes
     */
    record Fetched(URI at, String type, byte[] bytes, boolean whole) {}

    /** The end of all work for one link. */
    static final class Deadline {

        private static final long NEAR_NANOS = Duration.ofMillis(100).toNanos();

        private final long nanos;

        Deadline(Duration longest) {
            nanos = System.nanoTime() + longest.toNanos();
        }

        /** Whether it has passed, or is so near that nothing more is possible. */
        boolean isOver() {
            return nanos - System.nanoTime() < NEAR_NANOS;
        }

        Duration left() throws IOException {
            long left = nanos - System.nanoTime();
            if (left <= 0) {
                throw new IOException("The deadline has passed");
            }
            return Duration.ofNanos(left);
        }
    }

    private sealed interface Step {

        record Found(Fetched fetched) implements Step {}

        record Redirected(String location) implements Step {}
    }

    /**
     * Fetches content of one of these types. Waits for the network until the deadline, and for the name service.
     *
     * @param types of media, such as {@code text/html}; one that ends with a slash means all that begin with it
     * @throws Hosts.RefusedHost if this URL or one that it redirects to must not be fetched
     * @throws IOException if the URL has no content of these types
     */
    Fetched get(String url, Set<String> types, Deadline deadline) throws IOException {
        String next = url;
        for (int hop = 0; hop <= MOST_REDIRECTS; hop++) {
            URI target = hosts.of(next).orElseThrow(() -> new Hosts.RefusedHost("The URL must not be fetched"));
            InetAddress address = hosts.resolve(target);
            Map<String, String> headers = Map.of("User-Agent", "Mozilla/5.0 (compatible; Parley link preview)", "Accept",
                    String.join(", ", types).replace("/,", "/*,").replaceAll("/$", "/*"), "Accept-Encoding", "identity");
            Step step = connection.send(PinnedConnection.Request.get(target, headers), address, deadline.left(),
                    response -> step(target, response, types));
            switch (step) {
                case Step.Found found -> {
                    return found.fetched;
                }
                case Step.Redirected redirected -> next = resolved(target, redirected.location);
            }
        }
        throw new IOException("There are too many redirects");
    }

    private static Step step(URI target, PinnedConnection.Response response, Set<String> types) throws IOException {
        if (REDIRECTS.contains(response.status())) {
            return new Step.Redirected(response.header("location"));
        }
        String type = response.header("content-type").toLowerCase(Locale.ROOT);
        String media = type.split(";", 2)[0].strip();
        boolean isWanted = types.stream().anyMatch(wanted -> wanted.endsWith("/") ? media.startsWith(wanted) : media.equals(wanted));
        String encoding = response.header("content-encoding");
        if (response.status() != 200 || !isWanted || !(encoding.isEmpty() || encoding.equalsIgnoreCase("identity"))) {
            throw new IOException("The response has another status, type or encoding than is wanted");
        }
        byte[] bytes = response.body().readNBytes(LARGEST + 1);
        boolean whole = bytes.length <= LARGEST;
        return new Step.Found(new Fetched(target, type, whole ? bytes : Arrays.copyOf(bytes, LARGEST), whole));
    }

    private static String resolved(URI from, String location) throws IOException {
        try {
            return location.matches("(?i)https?://.*") ? location : from.resolve(new URI(location)).toString();
        } catch (URISyntaxException malformed) {
            throw new IOException("A redirect leads to no URL", malformed);
        }
    }

    /** The charset that a Content-Type names; empty if it names none. */
    static Optional<String> charset(String type) {
        int at = type.indexOf("charset=");
        return at < 0 ? Optional.empty()
                : Optional.of(type.substring(at + "charset=".length()).split("[;,\\s]", 2)[0].replace("\"", "").replace("'", ""))
                .filter(name -> !name.isEmpty());
    }
}
