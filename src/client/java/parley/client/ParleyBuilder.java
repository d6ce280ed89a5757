package parley.client;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import javax.net.ssl.SSLContext;

/** Chooses how a client works. Each method documents its default. */
public final class ParleyBuilder {

    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(10);
    private static final Duration TOKEN_WITHIN = Duration.ofSeconds(30);
    private static final Duration QUIET_FOR = Duration.ofSeconds(3);
    private static final Duration PONG_WITHIN = Duration.ofSeconds(5);
    private static final Duration TICK = Duration.ofMillis(500);
    private static final Duration STABLE = Duration.ofSeconds(5);
    private static final Duration FIRST_BACKOFF = Duration.ofMillis(500);
    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(30);
    private static final int MOST_MESSAGES = 100;

    private final List<URI> servers;
    private Tokens tokens;
    private SSLContext trusted;
    private Executor callbacks;
    private int buffered = 1_024;
    private int unsent = 1_000;
    private int resetMessages = 50;
    private boolean binary;
    private Duration commandTimeout = Duration.ofSeconds(30);

    ParleyBuilder(List<URI> servers) {
        if (servers.isEmpty()) {
            throw new IllegalArgumentException("Name at least one server.");
        }
        this.servers = servers.stream().map(ParleyBuilder::socket).toList();
    }

    // The socket of https://host/parley is wss://host/parley/ws.
    private static URI socket(URI server) {
        String text = server.toString();
        String scheme = String.valueOf(server.getScheme());
        return switch (scheme) {
            case "ws", "wss" -> server;
            case "http", "https" -> URI.create("ws" + text.substring("http".length()).replaceAll("/+$", "") + "/ws");
            default -> throw new IllegalArgumentException("The server `" + text + "` must begin with https, http, wss or ws.");
        };
    }

    /** Where tokens come from. Required. */
    public ParleyBuilder tokens(Tokens source) {
        tokens = Objects.requireNonNull(source, "source");
        return this;
    }

    /** The certificates that the client trusts, for {@code wss}. The default is the JDK's trust store. */
    public ParleyBuilder trust(SSLContext context) {
        trusted = Objects.requireNonNull(context, "context");
        return this;
    }

    /**
     * Where listeners, subscribers, {@link Tokens} and the continuations of futures run. It needs at least two threads, because one may
     * wait for another. The default is a pool of daemon threads of this client.
     */
    public ParleyBuilder callbacks(Executor executor) {
        callbacks = Objects.requireNonNull(executor, "executor");
        return this;
    }

    /** How many events may wait for one subscriber, at least 2; see {@link Room#events}. The default is 1,024. */
    public ParleyBuilder buffer(int events) {
        buffered = atLeast(2, events, "A buffer has");
        return this;
    }

    /** How many commands may wait for an answer; a further one fails with {@code unsent_full}. The default is 1,000. */
    public ParleyBuilder unsent(int commands) {
        unsent = atLeast(1, commands, "The outbox has");
        return this;
    }

    /** How many messages a {@link RoomEvent.Reset} has, 0 to 100. The default is 50. */
    public ParleyBuilder resetMessages(int messages) {
        if (messages < 0 || messages > MOST_MESSAGES) {
            throw new IllegalArgumentException("A reset has 0 to " + MOST_MESSAGES + " messages.");
        }
        resetMessages = messages;
        return this;
    }

    /** How long a command waits for its answer; posts wait longer. The default is 30 s. */
    public ParleyBuilder commandTimeout(Duration timeout) {
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("The timeout must be longer than zero.");
        }
        commandTimeout = timeout;
        return this;
    }

    /**
     * Prefers binary frames, CBOR, where the server has them. They need {@code tools.jackson.dataformat:jackson-dataformat-cbor} beside
     * {@code jackson-databind}.
     *
     * @throws IllegalStateException without that library
     */
    public ParleyBuilder binary() {
        try {
            Class.forName("tools.jackson.dataformat.cbor.CBORMapper");
        } catch (ClassNotFoundException missing) {
            throw new IllegalStateException("Binary frames need tools.jackson.dataformat:jackson-dataformat-cbor.", missing);
        }
        binary = true;
        return this;
    }

    private static int atLeast(int least, int value, String subject) {
        if (value < least) {
            throw new IllegalArgumentException(subject + " room for at least " + least + ".");
        }
        return value;
    }

    /** Connects in the background. */
    public Parley connect() {
        return new Parley(options(CONNECT_WITHIN, QUIET_FOR, PONG_WITHIN, TICK, STABLE, FIRST_BACKOFF, LONGEST_BACKOFF));
    }

    /** For tests: connects with other times. */
    Parley connect(Duration connectWithin, Duration quietFor, Duration pongWithin, Duration tick, Duration stable,
            Duration firstBackoff, Duration longestBackoff) {
        return new Parley(options(connectWithin, quietFor, pongWithin, tick, stable, firstBackoff, longestBackoff));
    }

    private Options options(Duration connectWithin, Duration quietFor, Duration pongWithin, Duration tick, Duration stable,
            Duration firstBackoff, Duration longestBackoff) {
        if (tokens == null) {
            throw new IllegalStateException("Call `tokens` to say where tokens come from.");
        }
        Executor pool = callbacks != null ? callbacks : Executors.newCachedThreadPool(task -> {
            Thread daemon = new Thread(task, "parley-callbacks");
            daemon.setDaemon(true);
            return daemon;
        });
        HttpClient.Builder http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1);
        if (trusted != null) {
            http.sslContext(trusted);
        }
        return new Options(new ArrayList<>(servers), tokens, http.build(), pool, buffered, unsent, resetMessages, commandTimeout,
                binary, connectWithin, TOKEN_WITHIN, quietFor, pongWithin, tick, stable, firstBackoff, longestBackoff,
                () -> ThreadLocalRandom.current().nextDouble());
    }
}
