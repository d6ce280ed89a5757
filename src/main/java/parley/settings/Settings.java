package parley.settings;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/** The settings of this instance, as they were when it started. Immutable, safe for every thread. */
@ApplicationScoped
public class Settings {

    private static final int LONGEST_NODE = 255;

    private String node;
    private String build;
    private String revision;
    private List<String> allowedOrigins;
    private String frameAncestors;
    private int journalWriters;
    private int journalQueue;
    private int journalBatch;
    private int readerThreads;
    private int readerQueue;
    private int answerThreads;
    private int answerQueue;
    private int cachedRooms;
    private WireKind wire;
    private int flushers;
    private int outboxBytes;
    private Duration outboxWait;
    private Duration heartbeat;
    private Duration silence;
    private Duration viewsFresh;
    private Duration headsEvery;
    private Duration notFoundDelay;
    private int busQueue;
    private Duration drainWindow;
    private int memoryLogBytes;
    private Duration retentionSweep;
    private int connections;
    private int listenedRooms;
    private int subscriptions;
    private int commandsUnderWay;
    private int bodiesUnderWay;
    private Duration bodyTime;
    private int receivers;
    private List<DefaultRoom> defaultRooms;
    private int brokenFrames;
    private Duration longestToken;
    private Duration issuerKeys;
    private int revocations;
    private Oidc oidc;
    private Duration auditKept;
    private List<Network> metricsAddresses;
    private List<Network> proxies;
    private ForwardedHeader proxiesHeader;
    private boolean closed;
    private boolean limits;
    private int limitsKept;
    private int handshakesOfAddress;
    private int connectionsOfUser;
    private int connectionsOfAddress;
    private int commandsOfUser;
    private int refusalsOfUser;
    private int callsOfUser;
    private int callsOfAddress;
    private int roomsOfUser;
    private int membershipsOfUser;

    /** For the container's proxy. */
    protected Settings() {
    }

    /** Reads and checks; throws with one sentence for the first value that is out of bounds. */
    @Inject
    public Settings(@OwnConfig Config config) {
        node = node(config);
        build = text(config, "parley.build", "unknown");
        revision = text(config, "parley.revision", "unknown");
        allowedOrigins = origins(config);
        frameAncestors = frameAncestors(config);
        journalWriters = number(config, "parley.journal.writers", 2, 1, 64);
        journalQueue = number(config, "parley.journal.queue", 10_000, 1, 1_000_000);
        journalBatch = number(config, "parley.journal.batch", 512, 1, 1_000);
        readerThreads = number(config, "parley.readers.threads", 4, 1, 256);
        readerQueue = number(config, "parley.readers.queue", 10_000, 1, 1_000_000);
        answerThreads = number(config, "parley.answers.threads", 8, 1, 256);
        answerQueue = number(config, "parley.answers.queue", 1_000, 1, 1_000_000);
        cachedRooms = number(config, "parley.rooms.cached", 10_000, 1, 1_000_000);
        wire = wire(config);
        flushers = number(config, "parley.flushers", Runtime.getRuntime().availableProcessors(), 1, 64);
        outboxBytes = number(config, "parley.outbox.bytes", 1 << 20, 1 << 16, 1 << 28);
        outboxWait = seconds(config, "parley.outbox.wait-seconds", 30, 1, 600);
        heartbeat = seconds(config, "parley.heartbeat-seconds", 25, 1, 600);
        silence = seconds(config, "parley.silence-seconds", 35, 2, 900);
        viewsFresh = millis(config, "parley.views.fresh-millis", 2_000, 100, 60_000);
        headsEvery = millis(config, "parley.heads.every-millis", 500, 100, 60_000);
        notFoundDelay = millis(config, "parley.hiding-millis", 25, 1, 1_000);
        busQueue = number(config, "parley.bus.queue", 10_000, 1, 1_000_000);
        drainWindow = seconds(config, "parley.drain.window-seconds", 10, 0, 600);
        memoryLogBytes = number(config, "parley.memory-log.bytes", 1 << 26, 1 << 20, 1 << 30);
        retentionSweep = seconds(config, "parley.retention.sweep-seconds", 3_600, 1, 86_400);
        connections = number(config, "parley.connections", 50_000, 1, 1_000_000);
        listenedRooms = number(config, "parley.rooms.listened", 100_000, 1, 10_000_000);
        subscriptions = number(config, "parley.subscriptions", 128, 1, 10_000);
        commandsUnderWay = number(config, "parley.commands.under-way", 200, 1, 10_000);
        bodiesUnderWay = number(config, "parley.bodies.under-way", 2_000, 1, 100_000);
        bodyTime = seconds(config, "parley.bodies.seconds", 10, 1, 600);
        receivers = number(config, "parley.receivers", Math.max(2, Runtime.getRuntime().availableProcessors()), 1, 64);
        defaultRooms = defaultRooms(config);
        brokenFrames = number(config, "parley.broken-frames", 10, 1, 1_000);
        longestToken = Duration.ofHours(number(config, "parley.tokens.longest-hours", 24, 1, 8_760));
        issuerKeys = seconds(config, "parley.issuer.keys-seconds", 300, 1, 86_400);
        revocations = number(config, "parley.revocations", 1_000_000, 1_000, 10_000_000);
        oidc = oidc(config);
        auditKept = Duration.ofDays(number(config, "parley.audit.days", 365, 1, 36_500));
        metricsAddresses = networks(config, "parley.metrics.addresses");
        proxies = networks(config, "parley.proxies");
        proxiesHeader = proxiesHeader(config);
        closed = flag(config, "parley.closed", false, "true", "false");
        limits = flag(config, "parley.limits", true, "on", "off");
        limitsKept = number(config, "parley.limits.kept", 50_000, 1, 10_000_000);
        handshakesOfAddress = number(config, "parley.limits.address.handshakes", 12_000, 1, 100_000_000);
        connectionsOfUser = number(config, "parley.limits.user.connections", 50, 1, 1_000_000);
        connectionsOfAddress = number(config, "parley.limits.address.connections", 20_000, 1, 1_000_000);
        commandsOfUser = number(config, "parley.limits.user.commands", 3_000, 100, 100_000_000);
        refusalsOfUser = number(config, "parley.limits.user.refusals", 300, 1, 100_000_000);
        callsOfUser = number(config, "parley.limits.user.calls", 1_200, 1, 100_000_000);
        callsOfAddress = number(config, "parley.limits.address.calls", 60_000, 1, 100_000_000);
        roomsOfUser = number(config, "parley.limits.user.rooms", 1_000, 1, 1_000_000);
        membershipsOfUser = number(config, "parley.limits.user.memberships", 2_000, 1, 1_000_000);
        if (silence.compareTo(heartbeat) <= 0) {
            throw new IllegalStateException("parley.silence-seconds must be greater than parley.heartbeat-seconds.");
        }
    }

    private static String node(Config config) {
        String name = text(config, "parley.node", System.getProperty("com.sun.aas.instanceName", "server"));
        if (name.length() > LONGEST_NODE) {
            throw new IllegalStateException("parley.node must have at most " + LONGEST_NODE + " characters.");
        }
        return name;
    }

    /** {@code parley.node}: this instance's name in {@code hello}, of 255 characters at most; the server instance's name unless set. */
    public String node() {
        return node;
    }

    /** {@code parley.build}: the version, as the WAR itself says it. */
    public String build() {
        return build;
    }

    /** {@code parley.revision}: the commit that it was built from, as the WAR itself says it. */
    public String revision() {
        return revision;
    }

    /**
     * {@code parley.allowed-origins}: origins, separated by commas, whose pages may connect, beside the server's own.
     * Others get 403. None by default.
     */
    public List<String> allowedOrigins() {
        return allowedOrigins;
    }

    /** {@code parley.frame-ancestors}: who may frame the pages, as the policy's source list; {@code 'self'}. */
    public String frameAncestors() {
        return frameAncestors;
    }

    /** {@code parley.journal.writers}: threads that commit, rooms are shared among them; 2. */
    public int journalWriters() {
        return journalWriters;
    }

    /** {@code parley.journal.queue}: commands waiting for one writer, past which they are refused; 10,000. */
    public int journalQueue() {
        return journalQueue;
    }

    /** {@code parley.journal.batch}: the most commands that one transaction commits, no more than the log hands out at once; 512. */
    public int journalBatch() {
        return journalBatch;
    }

    /** {@code parley.readers.threads}: threads that load views, history and replays; 4. */
    public int readerThreads() {
        return readerThreads;
    }

    /** {@code parley.readers.queue}: reads waiting, past which they are refused; 10,000. */
    public int readerQueue() {
        return readerQueue;
    }

    /** {@code parley.answers.threads}: threads that write HTTP answers; 8. */
    public int answerThreads() {
        return answerThreads;
    }

    /** {@code parley.answers.queue}: HTTP answers waiting to be written, past which it is 503; 1,000. */
    public int answerQueue() {
        return answerQueue;
    }

    /** {@code parley.rooms.cached}: rooms whose view is kept in memory; the least used one goes first; 10,000. */
    public int cachedRooms() {
        return cachedRooms;
    }

    /** How frames get in and out of sockets. */
    public enum WireKind {
        /** Parley takes the connection over from Grizzly, Payara's network layer, when Tyrus, its WebSocket implementation, has upgraded it. */
        GRIZZLY,
        /** Through the sessions of the standard WebSocket interface: slower by far, on every Jakarta EE server. */
        STANDARD
    }

    /** {@code parley.receivers}: threads that decode what connections send, apart from the server's own; one a core, at least two. */
    public int receivers() {
        return receivers;
    }

    /** {@code parley.bodies.under-way}: bodies of HTTP requests that are being read, past which it is 503; 2,000. */
    public int bodiesUnderWay() {
        return bodiesUnderWay;
    }

    /** {@code parley.bodies.seconds}: the time that a body may take to arrive whole, past which it is 408; 10 s. */
    public Duration bodyTime() {
        return bodyTime;
    }

    /** A public room that exists from the first start on. */
    public record DefaultRoom(String id, String name) {}

    /** {@code parley.rooms.default}: the rooms that a start makes where they never were, as {@code id=Name, id=Name}; General. */
    public List<DefaultRoom> defaultRooms() {
        return defaultRooms;
    }

    /** {@code parley.wire}: {@code grizzly}, which is {@code standard} on a server without it, or {@code standard}; {@code grizzly}. */
    public WireKind wire() {
        return wire;
    }

    /** {@code parley.flushers}: threads that write to connections; one a core. */
    public int flushers() {
        return flushers;
    }

    /** {@code parley.outbox.bytes}: what may wait for one connection before it is closed as too slow; 1 MiB. */
    public int outboxBytes() {
        return outboxBytes;
    }

    /**
     * {@code parley.outbox.wait-seconds}: how long what was written may stay unread before the connection is too slow, the
     * close frame's time with it; 30 s.
     */
    public Duration outboxWait() {
        return outboxWait;
    }

    /** {@code parley.heartbeat-seconds}: after how much silence a connection is pinged; 25 s. */
    public Duration heartbeat() {
        return heartbeat;
    }

    /** {@code parley.silence-seconds}: after how much silence a connection is closed; 35 s. */
    public Duration silence() {
        return silence;
    }

    /** {@code parley.views.fresh-millis}: for how long a view is used without a look at the log's head; 2,000 ms. */
    public Duration viewsFresh() {
        return viewsFresh;
    }

    /** {@code parley.heads.every-millis}: how often the heads of the rooms that somebody listens to are looked at; 500 ms. What is missing at two looks is read from the log. */
    public Duration headsEvery() {
        return headsEvery;
    }

    /**
     * {@code parley.hiding-millis}: the answer that there is no such room comes at a multiple of this after the question, so
     * that the time tells nobody whether there is one; longer than it takes to find out; 25 ms.
     */
    public Duration notFoundDelay() {
        return notFoundDelay;
    }

    /** {@code parley.bus.queue}: packets waiting for the broker, past which they are dropped, for the log has them; 10,000. */
    public int busQueue() {
        return busQueue;
    }

    /** {@code parley.drain.window-seconds}: over how long clients come back that a stopping instance sends away; 10 s. */
    public Duration drainWindow() {
        return drainWindow;
    }

    /** {@code parley.memory-log.bytes}: what rooms that store nothing hold in memory for resuming, in all; 64 MiB. */
    public int memoryLogBytes() {
        return memoryLogBytes;
    }

    /** {@code parley.retention.sweep-seconds}: how often what is older than its room keeps it is removed; 3,600 s. */
    public Duration retentionSweep() {
        return retentionSweep;
    }

    /** {@code parley.connections}: connections of this instance, past which a handshake gets 429; 50,000. */
    public int connections() {
        return connections;
    }

    /** {@code parley.rooms.listened}: rooms that the connections of this instance listen to, past which subscribing is refused; 100,000. */
    public int listenedRooms() {
        return listenedRooms;
    }

    /** {@code parley.subscriptions}: rooms that one connection may listen to; 128. */
    public int subscriptions() {
        return subscriptions;
    }

    /** {@code parley.commands.under-way}: commands of one connection that are not answered yet, past which they are refused; 200. */
    public int commandsUnderWay() {
        return commandsUnderWay;
    }

    /** {@code parley.broken-frames}: broken frames in a minute that end a connection; 10. */
    public int brokenFrames() {
        return brokenFrames;
    }

    /** {@code parley.tokens.longest-hours}: tokens that last longer are refused, and revocations are kept so long; 24 h. */
    public Duration longestToken() {
        return longestToken;
    }

    /** {@code parley.issuer.keys-seconds}: for how long the issuer's keys are used before they are read anew; 300 s. */
    public Duration issuerKeys() {
        return issuerKeys;
    }

    /** {@code parley.revocations}: revocations that are kept, past which revoking is refused until older ones are over; 1,000,000. */
    public int revocations() {
        return revocations;
    }

    /**
     * The OpenID Connect provider that the bundled page signs in with.
     *
     * @param issuer its issuer identifier: an https URL, http on loopback only
     * @param clientId what the page is registered as there, a public client
     * @param scopes separated by blanks
     */
    public record Oidc(String issuer, String clientId, String scopes) {

        /** The issuer's scheme, host and port. */
        public String origin() {
            URI uri = URI.create(issuer);
            return uri.getScheme() + "://" + uri.getRawAuthority();
        }
    }

    /**
     * {@code parley.oidc.issuer} and {@code parley.oidc.client-id}, both or neither, and {@code parley.oidc.scopes}
     * ({@code openid profile}): where the bundled page signs in; nowhere by default.
     */
    public Optional<Oidc> oidc() {
        return Optional.ofNullable(oidc);
    }

    private static Oidc oidc(Config config) {
        String issuer = text(config, "parley.oidc.issuer", "");
        String clientId = text(config, "parley.oidc.client-id", "");
        if (issuer.isEmpty() && clientId.isEmpty()) {
            return null;
        }
        if (issuer.isEmpty() || clientId.isEmpty()) {
            throw new IllegalStateException("parley.oidc.issuer and parley.oidc.client-id are set both or not at all.");
        }
        String host = isUrl(issuer) ? URI.create(issuer).getHost() : null;
        boolean loopback = "localhost".equals(host) || "127.0.0.1".equals(host) || "[::1]".equals(host);
        if (host == null || !issuer.startsWith("https://") && !loopback) {
            throw new IllegalStateException("parley.oidc.issuer: `" + issuer + "` is no https URL.");
        }
        return new Oidc(issuer, clientId, text(config, "parley.oidc.scopes", "openid profile"));
    }

    // RFC 8414 section 2: without a query or a fragment. What could not stand in a header's policy is no URL either.
    private static boolean isUrl(String text) {
        return text.matches("https?://[A-Za-z0-9.\\-\\[\\]:]+(/[A-Za-z0-9._~%/\\-]*)?");
    }

    /** {@code parley.audit.days}: how long the audit keeps what was done; 365 days. */
    public Duration auditKept() {
        return auditKept;
    }

    /** {@code parley.metrics.addresses}: addresses and ranges, separated by commas, that may read the metrics beside this machine. None by default. */
    public List<Network> metricsAddresses() {
        return metricsAddresses;
    }

    /** {@code parley.proxies}: addresses and ranges, separated by commas, whose word on where a request comes from counts. None by default. */
    public List<Network> proxies() {
        return proxies;
    }

    /** Where a proxy says whom it speaks for. */
    public enum ForwardedHeader {
        /** What nearly all of them write. */
        X_FORWARDED_FOR("X-Forwarded-For"),
        /** RFC 7239. */
        FORWARDED("Forwarded");

        private final String field;

        ForwardedHeader(String field) {
            this.field = field;
        }

        /** The header's name. */
        public String field() {
            return field;
        }
    }

    /** {@code parley.proxies.header}: the header that the proxies write; the other is not looked at, for they pass it on; {@code X-Forwarded-For}. */
    public ForwardedHeader proxiesHeader() {
        return proxiesHeader;
    }

    /** {@code parley.closed}: whether this instance starts closed to all but administrators, until the epoch is renewed; {@code false}. */
    public boolean closed() {
        return closed;
    }

    /** {@code parley.limits}: {@code on}, or {@code off} for no limit of any user or address; {@code on}. */
    public boolean limits() {
        return limits;
    }

    /** {@code parley.limits.kept}: users and addresses whose use is kept, of each limit; the quietest is forgotten, and begins anew; 50,000. */
    public int limitsKept() {
        return limitsKept;
    }

    /** {@code parley.limits.address.handshakes}: handshakes of an address in a minute, and at once, past which they get 429; 12,000. */
    public int handshakesOfAddress() {
        return handshakesOfAddress;
    }

    /** {@code parley.limits.user.connections}: connections of a user, past which a handshake gets 429; 50. */
    public int connectionsOfUser() {
        return connectionsOfUser;
    }

    /** {@code parley.limits.address.connections}: connections of an address, past which a handshake gets 429; 20,000. */
    public int connectionsOfAddress() {
        return connectionsOfAddress;
    }

    /** {@code parley.limits.user.commands}: what a user's commands may cost in a minute, and at once, past which they are refused; 3,000. */
    public int commandsOfUser() {
        return commandsOfUser;
    }

    /** {@code parley.limits.user.refusals}: a user's commands refused for that in a minute, past which the connection is closed; 300. */
    public int refusalsOfUser() {
        return refusalsOfUser;
    }

    /** {@code parley.limits.user.calls}: HTTP calls of a user in a minute, and at once, past which they get 429; 1,200. */
    public int callsOfUser() {
        return callsOfUser;
    }

    /** {@code parley.limits.address.calls}: HTTP calls of an address in a minute, and at once, past which they get 429; 60,000. */
    public int callsOfAddress() {
        return callsOfAddress;
    }

    /** {@code parley.limits.user.rooms}: rooms that a user owns, past which making one is refused; 1,000. */
    public int roomsOfUser() {
        return roomsOfUser;
    }

    /** {@code parley.limits.user.memberships}: rooms that a user is in, past which joining and making one are refused; 2,000. */
    public int membershipsOfUser() {
        return membershipsOfUser;
    }

    private static List<Network> networks(Config config, String key) {
        return List.of(text(config, key, "").strip().split("\\s*,\\s*")).stream().filter(range -> !range.isBlank())
                .map(range -> Network.of(range).orElseThrow(() -> new IllegalStateException(key + ": `" + range
                        + "` is no address or range such as 10.0.0.5 or 10.0.0.0/8."))).toList();
    }

    private static ForwardedHeader proxiesHeader(Config config) {
        String name = text(config, "parley.proxies.header", ForwardedHeader.X_FORWARDED_FOR.field());
        return Arrays.stream(ForwardedHeader.values()).filter(header -> header.field().equalsIgnoreCase(name)).findFirst()
                .orElseThrow(() -> new IllegalStateException("parley.proxies.header must be X-Forwarded-For or Forwarded."));
    }

    private static boolean flag(Config config, String key, boolean usual, String yes, String no) {
        String said = text(config, key, usual ? yes : no).strip();
        if (!said.equals(yes) && !said.equals(no)) {
            throw new IllegalStateException(key + " must be " + yes + " or " + no + ".");
        }
        return said.equals(yes);
    }

    private static String text(Config config, String key, String usual) {
        return config.getOptionalValue(key, String.class).filter(value -> !value.isBlank()).orElse(usual);
    }

    // It becomes a part of a header in which these would begin another part, or another policy.
    private static String frameAncestors(Config config) {
        String sources = text(config, "parley.frame-ancestors", "'self'");
        if (sources.chars().anyMatch(c -> c == ';' || c == ',' || c < ' ' || c > '~')) {
            throw new IllegalStateException("parley.frame-ancestors must be sources such as 'self' https://portal.example.com, with blanks between.");
        }
        return sources;
    }

    private static WireKind wire(Config config) {
        return switch (text(config, "parley.wire", "grizzly")) {
            case "grizzly" -> WireKind.GRIZZLY;
            case "standard" -> WireKind.STANDARD;
            default -> throw new IllegalStateException("parley.wire must be grizzly or standard.");
        };
    }

    private static Duration seconds(Config config, String key, int usual, int least, int most) {
        return Duration.ofSeconds(number(config, key, usual, least, most));
    }

    private static Duration millis(Config config, String key, int usual, int least, int most) {
        return Duration.ofMillis(number(config, key, usual, least, most));
    }

    private static int number(Config config, String key, int usual, int least, int most) {
        Optional<String> said = config.getOptionalValue(key, String.class);
        try {
            int value = said.map(String::trim).map(Integer::valueOf).orElse(usual);
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException notANumber) {
            // Told below, like a number out of bounds.
        }
        throw new IllegalStateException(key + " must be a whole number from " + least + " to " + most + ".");
    }

    private static List<DefaultRoom> defaultRooms(Config config) {
        String said = text(config, "parley.rooms.default", "general=General");
        if (said.strip().equals("none")) {
            return List.of();
        }
        return Arrays.stream(said.split(",")).map(String::strip).map(Settings::defaultRoom).toList();
    }

    private static DefaultRoom defaultRoom(String said) {
        int sign = said.indexOf('=');
        String id = sign < 0 ? said : said.substring(0, sign).strip();
        String name = sign < 0 ? said : said.substring(sign + 1).strip();
        if (!id.matches("[A-Za-z0-9_-]{1,64}") || name.isEmpty() || name.length() > 100) {
            throw new IllegalStateException("parley.rooms.default must be none, or rooms such as general=General, help=Help desk. `"
                    + said + "` is not one.");
        }
        return new DefaultRoom(id, name);
    }

    private static List<String> origins(Config config) {
        List<String> origins = List.of(text(config, "parley.allowed-origins", "").split("\\s*,\\s*")).stream()
                .filter(origin -> !origin.isBlank()).toList();
        for (String origin : origins) {
            URI uri = URI.create(origin);
            boolean sound = ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
                    && uri.getHost() != null && uri.getRawPath().isEmpty();
            if (!sound) {
                throw new IllegalStateException("parley.allowed-origins: `" + origin
                        + "` is no origin such as https://portal.example.com.");
            }
        }
        return origins;
    }
}
