package parley.settings;

import static parley.settings.Setting.bytes;
import static parley.settings.Setting.choice;
import static parley.settings.Setting.days;
import static parley.settings.Setting.flag;
import static parley.settings.Setting.hours;
import static parley.settings.Setting.list;
import static parley.settings.Setting.millis;
import static parley.settings.Setting.minutes;
import static parley.settings.Setting.number;
import static parley.settings.Setting.parsed;
import static parley.settings.Setting.seconds;
import static parley.settings.Setting.text;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;

/** The settings of this instance, as they were when it started. Immutable. Each component is declared in its record's {@code read}. */
public record Settings(Instance instance, Pages pages, Optional<Oidc> oidc, Tokens tokens, Proxies proxies, Metrics metrics, Rooms rooms,
                       Messages messages, Features features, FileSettings files, PreviewSettings previews, DocumentSettings documents,
                       CallSettings calls, TurnSettings turn, ConferenceSettings conference, HookSettings hooks, JmsSettings jms,
                       People people, Search search, Push push, Mail mail, Journal journal, Readers readers, Retention retention,
                       ImportSettings imports, ExportSettings exports, ScimSettings scim, ScheduleSettings schedule,
                       AnalyticsSettings analytics, EvidenceSettings evidence,
                       Connections connections, Sockets sockets, Outbox outbox, Heartbeat heartbeat, Http http, Cluster cluster,
                       Limits limits) {

    private static final int CORES = Runtime.getRuntime().availableProcessors();
    private static final String ADDRESSES = "addresses or ranges such as `10.0.0.5, fd00::/8`, with commas between";

    /** Hands the settings to every bean that injects them. A record can't have a proxy, so they are no normal-scoped bean. */
    @Dependent
    static class Source {

        @Produces
        @Singleton
        Settings settings(@OwnConfig Config config) {
            return of(config);
        }
    }

    /**
     * Reads and checks all settings.
     *
     * @throws IllegalStateException for the first value that is not allowed; names the key, the value and what is allowed
     */
    public static Settings of(Config config) {
        return read(new Reading(key -> config.getOptionalValue(key, String.class)));
    }

    /** All declared settings by topic, in the order of the settings page. */
    static Map<String, List<Setting<?>>> declared() {
        Reading defaults = new Reading(key -> Optional.empty());
        read(defaults);
        return defaults.topics();
    }

    private static Settings read(Reading in) {
        return new Settings(
                Instance.read(in.topic("Instance")),
                Pages.read(in.topic("Pages and sign-in")),
                Oidc.read(in),
                Tokens.read(in.topic("Tokens")),
                Proxies.read(in.topic("Proxies and metrics")),
                Metrics.read(in),
                Rooms.read(in.topic("Rooms")),
                Messages.read(in.topic("Messages")),
                Features.read(in),
                FileSettings.read(in.topic("Files")),
                PreviewSettings.read(in.topic("Link previews")),
                DocumentSettings.read(in.topic("Documents")),
                CallSettings.read(in.topic("Calls")),
                TurnSettings.read(in),
                ConferenceSettings.read(in),
                HookSettings.read(in.topic("Webhooks")),
                JmsSettings.read(in.topic("JMS")),
                People.read(in.topic("People")),
                Search.read(in.topic("Search")),
                Push.read(in.topic("Notifications")),
                Mail.read(in),
                Journal.read(in.topic("Log and retention")),
                Readers.read(in),
                Retention.read(in),
                ImportSettings.read(in.topic("Imports")),
                ExportSettings.read(in.topic("Exports")),
                ScimSettings.read(in.topic("Provisioning")),
                ScheduleSettings.read(in.topic("Scheduled messages and reminders")),
                AnalyticsSettings.read(in.topic("Analytics")),
                EvidenceSettings.read(in.topic("Evidence")),
                Connections.read(in.topic("Connections")),
                Sockets.read(in),
                Outbox.read(in.topic("Slow and silent connections")),
                Heartbeat.read(in),
                Http.read(in.topic("HTTP")),
                Cluster.read(in.topic("Cluster and shutdown")),
                Limits.read(in.topic("Limits of users and addresses")));
    }

    /** What this instance is, and whether it starts closed. */
    public record Instance(String name, String build, String revision, boolean closed) {

        private static final int LONGEST_NAME = 255;

        static Instance read(Reading in) {
            return new Instance(
                    in.read(text("parley.node", System.getProperty("com.sun.aas.instanceName", "server"),
                            name -> name.length() <= LONGEST_NAME, "a text of at most 255 characters",
                            "Name of this instance in `hello`, in the server log and in the metrics.")
                            .showingDefault("name of the server instance")),
                    in.read(text("parley.build", "unknown", build -> true, "a text",
                            "Version in `hello` and in the metrics. The WAR sets it.").showingDefault("set by the WAR")),
                    in.read(text("parley.revision", "unknown", revision -> true, "a text",
                            "Commit that the WAR was built from, for the metrics. The WAR sets it.").showingDefault("set by the WAR")),
                    in.read(flag("parley.closed", false, "true", "false",
                            "With `true`, the instance starts closed after a restore: it serves administrators only, until one of them "
                            + "renews the epoch of all rooms.")));
        }
    }

    /** Which sites may connect to Parley and frame its pages, and the language of the bundled page, or "". */
    public record Pages(List<String> allowedOrigins, String frameAncestors, String language) {

        private static final Pattern LANGUAGE = Pattern.compile("([A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*)?");

        static Pages read(Reading in) {
            return new Pages(
                    in.read(list("parley.allowed-origins", Pages::origin,
                            "origins such as `https://portal.example.com`, with commas between",
                            "Pages of other origins get 403 at the socket and no CORS permission over HTTP. The server's own origin is "
                            + "always allowed.")),
                    in.read(text("parley.frame-ancestors", "'self'", Pages::isSourceList,
                            "sources such as `'self' https://portal.example.com`, with blanks between",
                            "Browsers refuse to show Parley's pages in frames of other sites.")),
                    in.read(text("parley.language", "", tag -> LANGUAGE.matcher(tag).matches(), "a language tag such as `de` or `de-AT`",
                            "Language of the bundled page and its chat. Without one, it is the reader's. A language that the page doesn't "
                            + "have becomes English. Other pages choose the language of their chat themselves.")));
        }

        private static Optional<String> origin(String text) {
            try {
                URI uri = new URI(text);
                boolean isHttp = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
                return Optional.of(text).filter(origin -> isHttp && uri.getHost() != null && uri.getRawPath().isEmpty());
            } catch (URISyntaxException malformed) {
                return Optional.empty();
            }
        }

        // The value is part of a header: a semicolon, comma or line break would start another directive, policy or header.
        private static boolean isSourceList(String sources) {
            return sources.chars().allMatch(c -> c >= ' ' && c <= '~' && c != ';' && c != ',');
        }
    }

    /**
     * The OpenID Connect provider that the bundled page signs people in with.
     *
     * @param issuer its issuer identifier: an https URL, or http on loopback
     * @param clientId the page's public client at the provider
     * @param scopes what the page requests, separated by blanks
     */
    public record Oidc(String issuer, String clientId, String scopes) {

        static Optional<Oidc> read(Reading in) {
            String issuer = in.read(text("parley.oidc.issuer", "", Oidc::isIssuer, "an https URL without query or fragment",
                    "OpenID Connect provider of the bundled page, which may then connect to it. Without one, only a portal can sign people "
                    + "in. The development issuer takes precedence."));
            String clientId = in.read(text("parley.oidc.client-id", "", id -> true, "a text",
                    "Public client that the bundled page uses at the provider. Set both or neither."));
            String scopes = in.read(text("parley.oidc.scopes", "openid profile", names -> true, "scopes with blanks between",
                    "Scopes that the bundled page requests."));
            if (issuer.isEmpty() != clientId.isEmpty()) {
                throw new IllegalStateException("parley.oidc.issuer and parley.oidc.client-id must both be set, or neither.");
            }
            return issuer.isEmpty() ? Optional.empty() : Optional.of(new Oidc(issuer, clientId, scopes));
        }

        // RFC 8414 section 2: no query, no fragment. The characters are those that are safe in a Content-Security-Policy.
        private static boolean isIssuer(String text) {
            if (!text.matches("https?://[A-Za-z0-9.\\-\\[\\]:]+(/[A-Za-z0-9._~%/\\-]*)?")) {
                return text.isEmpty();
            }
            String host = URI.create(text).getHost();
            return host != null && (text.startsWith("https://") || List.of("localhost", "127.0.0.1", "[::1]").contains(host));
        }

        /** The issuer's scheme, host and port. */
        public String origin() {
            URI uri = URI.create(issuer);
            return uri.getScheme() + "://" + uri.getRawAuthority();
        }
    }

    /** How tokens are verified and revoked. */
    public record Tokens(Duration longestLife, Duration issuerKeys, int revocations) {

        static Tokens read(Reading in) {
            return new Tokens(
                    in.read(hours("parley.tokens.longest-hours", 24, 1, 8_760,
                            "Tokens with a longer life are refused. Revocations are kept for this time.")),
                    in.read(seconds("parley.issuer.keys-seconds", 300, 1, 86_400,
                            "Cached keys of the issuer are read again after this time, or as soon as a token names an unknown key.")),
                    in.read(number("parley.revocations", 1_000_000, 1_000, 10_000_000, "revocations",
                            "Further revocations are refused as `unavailable` until older ones expire.")));
        }
    }

    /** Which proxies Parley trusts to name the client's address. */
    public record Proxies(List<Network> trusted, ForwardedHeader header) {

        static Proxies read(Reading in) {
            return new Proxies(
                    in.read(list("parley.proxies", Network::of, ADDRESSES,
                            "Proxies whose header names the client's address. A request from any other address counts as a request of that "
                            + "address. If your proxy is missing here, all its users share the limits of one address.")),
                    in.read(choice("parley.proxies.header", ForwardedHeader.X_FORWARDED_FOR, List.of(ForwardedHeader.values()),
                            ForwardedHeader::field,
                            "Header that your proxies write. Parley ignores the other one, because a proxy passes on what clients put "
                            + "there.")));
        }
    }

    /** Who may read the metrics. */
    public record Metrics(List<Network> addresses) {

        static Metrics read(Reading in) {
            return new Metrics(in.read(list("parley.metrics.addresses", Network::of, ADDRESSES,
                    "Addresses that may read `/parley/metrics` besides the server's own machine. All others get 404, and so do requests "
                    + "through a proxy.")));
        }
    }

    /** Which rooms exist from the start, and how this instance keeps up with its rooms. */
    public record Rooms(List<DefaultRoom> defaults, int cached, int listened, Duration viewsFresh, Duration headsEvery,
                        Duration notFoundDelay) {

        static Rooms read(Reading in) {
            return new Rooms(
                    in.read(parsed("parley.rooms.default", "general=General", Rooms::defaultRooms,
                            "`none`, or rooms such as `general=General, help=Help desk`",
                            "Public rooms that the start creates if they never existed.")),
                    in.read(number("parley.rooms.cached", 10_000, 1, 1_000_000, "rooms",
                            "Beyond this, the least used room leaves the memory. It is read again when it is needed. A room with more than "
                            + "100 people counts as several.")),
                    in.read(number("parley.rooms.listened", 100_000, 1, 10_000_000, "rooms",
                            "Rooms with subscriptions on this instance. Subscribing to a further room is refused as `unavailable`.")),
                    in.read(millis("parley.views.fresh-millis", 2_000, 100, 60_000,
                            "After this time without news of a room, its view is compared with the log before Parley decides on rights.")),
                    in.read(millis("parley.heads.every-millis", 500, 100, 60_000,
                            "Interval of the search for events that the bus may have lost. Events that are missing twice in a row are read "
                            + "from the log. While the bus is reliable, all rooms are searched every 15 seconds.")),
                    in.read(millis("parley.not-found-delay-millis", 25, 1, 1_000,
                            "The answer that a room doesn't exist leaves at a multiple of this time after the request, so that its timing "
                            + "does not reveal hidden rooms. Raise it if your database is slower than this.")));
        }

        private static Optional<List<DefaultRoom>> defaultRooms(String text) {
            return text.strip().equals("none") ? Optional.of(List.of()) : Setting.elements(text, DefaultRoom::of);
        }
    }

    /**
     * How long messages may be edited, and how they are stored.
     *
     * @param copied whether each message is always stored as the previous version reads it, too
     */
    public record Messages(Optional<Duration> editable, boolean copied) {

        private static final int ALWAYS = 0;

        static Messages read(Reading in) {
            Duration editable = in.read(seconds("parley.messages.edit-seconds", ALWAYS, 0, 31_536_000,
                    "Time after posting in which authors may edit a message; `0` for no limit. Later edits are refused as `forbidden`."));
            boolean copied = in.read(flag("parley.messages.copies", false, "on", "off",
                    "`on` stores each message a second time, as the previous version reads it, so that the previous version can replace "
                    + "this one. `off` does so only while an instance of the previous version runs."));
            return new Messages(editable.isZero() ? Optional.empty() : Optional.of(editable), copied);
        }
    }

    /** The features that can be switched off. */
    public record Features(boolean edit, boolean reactions, boolean threads, boolean pins, boolean read, boolean direct,
                           boolean people, boolean files, boolean search, boolean notifications,
                           boolean previews, boolean documents, boolean calls, boolean hooks, boolean schedule) {

        static Features read(Reading in) {
            return new Features(feature(in, "edit", "Editing and deleting messages, and reading their former texts."),
                    feature(in, "reactions", "Reacting to messages."), feature(in, "threads", "Replying in threads."),
                    feature(in, "pins", "Pinning messages."),
                    feature(in, "read", "Read markers and receipts."),
                    direct(in),
                    feature(in, "people", "The directory of people, profiles and blocks."),
                    feature(in, "files", "Sending and reading files and pictures."),
                    feature(in, "search", "Search in messages. Without it, an instance deletes its index."),
                    feature(in, "notifications", "Notifications, Web Push and mail digests."),
                    previews(in),
                    feature(in, "documents", "Documents that several people edit at the same time."),
                    feature(in, "calls", "Starting and joining calls."),
                    feature(in, "hooks", "Webhooks, and the events of rooms over JMS."),
                    feature(in, "schedule", "Messages that are posted later, and reminders."));
        }

        private static boolean direct(Reading in) {
            boolean feature = feature(in, "direct", "Opening direct rooms. Direct rooms that exist stay as they are.");
            boolean allowed = in.read(flag("parley.direct", true, "on", "off", "The same as `parley.features.direct`."));
            return feature && allowed;
        }

        // Off, because the server then connects to sites that people name.
        private static boolean previews(Reading in) {
            return in.read(flag("parley.features.previews", false, "on", "off",
                    "Previews of links. With `on`, the server fetches the pages that messages link to."));
        }

        private static boolean feature(Reading in, String name, String about) {
            return in.read(flag("parley.features." + name, true, "on", "off",
                    about + " `off` refuses its commands as `unsupported`, and removes it from `hello`."));
        }
    }

    /** Whom people may find. */
    public record People(Visibility visible) {

        static People read(Reading in) {
            return new People(in.read(choice("parley.people.visible", Visibility.ALL, List.of(Visibility.values()),
                    visibility -> visibility.name().toLowerCase(Locale.ROOT),
                    "Whom a person finds in the directory: everyone, or with `rooms` only people who share a room with them.")));
        }
    }

    /**
     * Where the search index is, and what searches may take.
     *
     * @param directory empty for the default
     * @param longest of one query
     * @param contents whether messages are found by the texts of their files
     * @param contentBytes of the largest file whose text is searched
     */
    public record Search(String directory, int threads, int queue, Duration longest, boolean contents, long contentBytes) {

        private static final long MEBI = 1L << 20;

        static Search read(Reading in) {
            return new Search(
                    in.read(text("parley.search.directory", "", path -> path.isEmpty() || Path.of(path).isAbsolute(), "an absolute path",
                            "Directory of this instance's search index, which has the words of all messages: only the server's own user "
                            + "may read it. The index can be deleted while the instance is stopped; it is built again.")
                            .showingDefault("`parley-search` in the domain")),
                    in.read(number("parley.search.threads", 2, 1, 64, "threads", "Searches that run at the same time.")),
                    in.read(number("parley.search.queue", 100, 1, 10_000, "searches",
                            "Searches that wait for a thread. Further ones are refused as `unavailable`.")),
                    in.read(millis("parley.search.query-millis", 1_000, 50, 5_000,
                            "A search that takes longer ends, and its answer has what was found so far and `partial`.")),
                    in.read(flag("parley.search.contents", true, "on", "off",
                            "Finding messages by what is in their files: text, PDF, Office and OpenDocument. Each instance extracts one "
                            + "text at a time, in a process of its own that has at most 400 MB and 20 seconds. `off` deletes the texts. "
                            + "Set it alike on all instances.")),
                    in.read(bytes("parley.search.content-bytes", 10 * MEBI, 1, 32 * MEBI,
                            "Larger files are found by their names only.")));
        }
    }

    /**
     * How Web Push is sent.
     *
     * @param withText whether a push carries the beginning of the message
     * @param contact a URI of the people who operate this installation; may be empty
     * @param allowedHosts in lower case, each with or without a port
     */
    public record Push(boolean withText, String contact, List<String> allowedHosts) {

        static Push read(Reading in) {
            return new Push(
                    in.read(flag("parley.push.text", false, "true", "false",
                            "With `true`, a Web Push carries the beginning of the message. It is encrypted for the browser; the push "
                            + "service can't read it.")),
                    in.read(text("parley.push.contact", "", Push::isContact, "a `mailto:` or `https:` URI",
                            "Whom the operators of push services can ask about this installation. Apple's service demands it.")),
                    in.read(list("parley.push.allowed-hosts", host -> Optional.of(host.toLowerCase(Locale.ROOT)).filter(Push::isHost),
                            "hosts such as `push.example.com` or `push.example.com:8443`, with commas between",
                            "Push services that may have any address, port and scheme. All others must be public, with https on port "
                            + "443.")));
        }

        private static boolean isContact(String contact) {
            return contact.isEmpty() || contact.matches("(mailto:|https://)[!-~]{1,250}");
        }

        private static boolean isHost(String host) {
            return host.matches("[a-z0-9.-]{1,253}(:[0-9]{1,5})?");
        }
    }

    /**
     * How mail digests are sent.
     *
     * @param session the JNDI name of the server's mail session; empty for no mails
     * @param after how long a notification is unread before a mail
     * @param withText whether a mail has the beginnings of the messages
     * @param link the URL of Parley as people reach it, with a slash at its end; may be empty
     */
    public record Mail(String session, Duration after, boolean withText, String link) {

        static Mail read(Reading in) {
            return new Mail(
                    in.read(text("parley.mail.session", "", name -> name.matches("[A-Za-z0-9_./:-]{0,200}"),
                            "a JNDI name such as `mail/parley`",
                            "The server's mail session for digests. Without one, no mail is sent and no address is stored.")),
                    in.read(minutes("parley.mail.after-minutes", 60, 1, 10_080,
                            "A person with a notification that is unread for this time gets one mail with everything unread.")),
                    in.read(flag("parley.mail.text", false, "true", "false",
                            "With `true`, a mail has the beginnings of the messages. Mail servers can read them.")),
                    in.read(text("parley.mail.link", "", Mail::isLink, "an https URL that ends with `/`",
                            "Where people reach Parley, such as `https://chat.example.com/parley/`. Mails link to it, and only with it they "
                            + "have an unsubscribe button.")));
        }

        private static boolean isLink(String link) {
            return link.isEmpty() || link.matches("https?://[A-Za-z0-9.:\\[\\]-]{1,253}/([A-Za-z0-9._~%-]+/)*");
        }
    }

    /** How commands are committed to the log, and how much of it stays in memory. */
    public record Journal(int writers, int queue, int batch, int memoryBytes) {

        static Journal read(Reading in) {
            return new Journal(
                    in.read(number("parley.journal.writers", 2, 1, 64, "threads",
                            "Threads that commit. Each room belongs to one of them.")),
                    in.read(number("parley.journal.queue", 10_000, 1, 1_000_000, "commands",
                            "Commands that wait for one writer. Further commands are refused as `unavailable`.")),
                    in.read(number("parley.journal.batch", 512, 1, 1_000, "commands",
                            "Commands in one transaction. Further commands wait for the next one.")),
                    in.read(number("parley.memory-log.bytes", 1 << 26, 1 << 20, 1 << 30, "bytes",
                            "Latest events of rooms that store nothing. Beyond this, the room that was used least recently can't be resumed.")));
        }
    }

    /** The threads that read the database. */
    public record Readers(int threads, int queue) {

        static Readers read(Reading in) {
            return new Readers(
                    in.read(number("parley.readers.threads", 4, 1, 256, "threads", "Threads that read views and history. As many read for "
                            + "HTTP requests, and as many replay events to clients that are behind.")),
                    in.read(number("parley.readers.queue", 10_000, 1, 1_000_000, "reads",
                            "Reads that wait for a thread. Further reads are refused as `unavailable`.")));
        }
    }

    /** When old data is deleted. */
    public record Retention(Duration sweep, Duration audit, KeptDays kept) {

        static Retention read(Reading in) {
            return new Retention(
                    in.read(seconds("parley.retention.sweep-seconds", 3_600, 1, 86_400,
                            "Interval of the sweep that deletes events and audit events after their retention.")),
                    in.read(days("parley.audit.days", 365, 1, 36_500, "Older audit events are deleted by the next sweep.")),
                    KeptDays.read(in));
        }
    }

    /** How many connections this instance accepts, and what each of them may do. */
    public record Connections(int most, int subscriptions, int commandsInProgress, int brokenFrames) {

        static Connections read(Reading in) {
            return new Connections(
                    in.read(number("parley.connections", 50_000, 1, 1_000_000, "connections",
                            "Connections of this instance. Further handshakes get 429 with `Retry-After`.")),
                    in.read(number("parley.subscriptions", 128, 1, 10_000, "subscriptions",
                            "Subscriptions of one connection. Further ones are refused as `too_large`.")),
                    in.read(number("parley.commands.in-progress", 200, 1, 10_000, "commands",
                            "Commands of one connection without an answer yet. Further ones are refused as `rate_limited`.")),
                    in.read(number("parley.broken-frames", 10, 1, 1_000, "frames per minute",
                            "A connection that sends this many broken frames is closed with 4002.")));
        }
    }

    /** How frames reach and leave the sockets. */
    public record Sockets(WireKind wire, int receivers, int flushers) {

        private static final int MOST_THREADS = 64;

        static Sockets read(Reading in) {
            return new Sockets(
                    in.read(choice("parley.wire", WireKind.GRIZZLY, List.of(WireKind.values()),
                            kind -> kind.name().toLowerCase(Locale.ROOT),
                            "`standard` uses the standard WebSocket API alone, which is much slower. Servers other than Payara always use "
                            + "it.")),
                    in.read(number("parley.receivers", Math.clamp(CORES, 2, MOST_THREADS), 1, MOST_THREADS, "threads",
                            "Threads that decode received frames.").showingDefault("one per core, at least 2")),
                    in.read(number("parley.flushers", Math.min(CORES, MOST_THREADS), 1, MOST_THREADS, "threads",
                            "Threads that write to connections.").showingDefault("one per core")));
        }
    }

    /** How far a client may fall behind. */
    public record Outbox(int bytes, Duration longestWait) {

        static Outbox read(Reading in) {
            return new Outbox(
                    in.read(number("parley.outbox.bytes", 1 << 20, 1 << 16, 1 << 28, "bytes",
                            "Beyond so many bytes waiting for a connection, events wait in the log until the client has read. Twice as many "
                            + "bytes, with replies, close the connection with 4101.")),
                    in.read(seconds("parley.outbox.wait-seconds", 30, 1, 600,
                            "A connection that reads nothing for this time is closed with 4101. Parley notices when the socket accepts no "
                            + "more bytes or a ping stays unanswered.")));
        }
    }

    /** When a connection is pinged, and when silence ends it. */
    public record Heartbeat(Duration interval, Duration silence) {

        public Heartbeat {
            if (silence.compareTo(interval) <= 0) {
                throw new IllegalStateException(
                        "parley.silence-seconds is `%d`. It must be greater than parley.heartbeat-seconds, which is `%d`."
                                .formatted(silence.toSeconds(), interval.toSeconds()));
            }
        }

        static Heartbeat read(Reading in) {
            return new Heartbeat(
                    in.read(seconds("parley.heartbeat-seconds", 25, 1, 600, "Each connection is pinged after this time.")),
                    in.read(seconds("parley.silence-seconds", 35, 2, 900,
                            "A connection that sends nothing for this time is closed with 4201. Must be greater than "
                            + "`parley.heartbeat-seconds`.")));
        }
    }

    /** How request bodies are received and responses are written. */
    public record Http(int bodiesInProgress, Duration bodyTime, int answerThreads, int answerQueue) {

        static Http read(Reading in) {
            return new Http(
                    in.read(number("parley.bodies.in-progress", 2_000, 1, 100_000, "bodies",
                            "Request bodies that are being received. Further requests with a body get 503.")),
                    in.read(seconds("parley.bodies.seconds", 10, 1, 600, "A request whose body takes longer to arrive gets 408.")),
                    in.read(number("parley.answers.threads", 8, 1, 256, "threads", "Threads that write responses.")),
                    in.read(number("parley.answers.queue", 1_000, 1, 1_000_000, "responses",
                            "Responses that wait for a thread. Further requests get 503.")));
        }
    }

    /** How this instance publishes to the others, and how it hands its clients over to them. */
    public record Cluster(int busQueue, Duration drainWindow) {

        static Cluster read(Reading in) {
            return new Cluster(
                    in.read(number("parley.bus.queue", 10_000, 1, 1_000_000, "packets",
                            "Packets that wait for the broker. Further packets are dropped, and other instances read the events from the "
                            + "log.")),
                    in.read(seconds("parley.drain.window-seconds", 10, 0, 600,
                            "On a graceful shutdown, the clients are told to reconnect, spread over this window.")));
        }
    }

    /**
     * The limits of users and addresses.
     *
     * @param on whether they apply at all
     * @param kept how many users or addresses each limit tracks
     */
    public record Limits(boolean on, int kept, UserLimits user, AddressLimits address) {

        static Limits read(Reading in) {
            return new Limits(
                    in.read(flag("parley.limits", true, "on", "off", "`off` disables all of these limits. Meant for measurements.")),
                    in.read(number("parley.limits.kept", 50_000, 1, 10_000_000, "users or addresses",
                            "Users or addresses that each limit tracks. Beyond this, the least active one is forgotten and gets its full "
                            + "allowance back.")),
                    UserLimits.read(in),
                    AddressLimits.read(in));
        }
    }

    /** The limits of one user. The rates are per minute, and the same number may come at once. */
    public record UserLimits(int connections, int commands, int refusals, int calls, int rooms, int memberships) {

        static UserLimits read(Reading in) {
            return new UserLimits(
                    in.read(number("parley.limits.user.connections", 50, 1, 1_000_000, "connections",
                            "Further handshakes get 429 with `Retry-After`. If several arrive at once, those beyond the limit are closed "
                            + "with 4103.")),
                    in.read(number("parley.limits.user.commands", 3_000, 100, 100_000_000, "units per minute",
                            "Further commands are refused as `rate_limited` with `retryAfter`. `ping`, `typing`, `unsubscribe`, "
                            + "`document.aware` and `document.close` cost 1 unit, `document.update` and `signal` 2, joining and leaving "
                            + "a room, and starting and joining a call, 10, all others 5.")),
                    in.read(number("parley.limits.user.refusals", 300, 1, 100_000_000, "refusals per minute",
                            "A user with more commands refused as `rate_limited` loses the connection, with 4102.")),
                    in.read(number("parley.limits.user.calls", 1_200, 1, 100_000_000, "calls per minute",
                            "Further HTTP calls get 429 with `Retry-After`.")),
                    in.read(number("parley.limits.user.rooms", 1_000, 1, 1_000_000, "rooms",
                            "Rooms that a user owns. Creating a further one is refused as `conflict`.")),
                    in.read(number("parley.limits.user.memberships", 2_000, 1, 1_000_000, "rooms",
                            "Rooms that a user is a member of. Joining or creating a further one is refused as `conflict`.")));
        }
    }

    /** The limits of one address. The rates are per minute, and the same number may come at once. */
    public record AddressLimits(int handshakes, int connections, int calls) {

        static AddressLimits read(Reading in) {
            return new AddressLimits(
                    in.read(number("parley.limits.address.handshakes", 12_000, 1, 100_000_000, "handshakes per minute",
                            "Further handshakes get 429 with `Retry-After`.")),
                    in.read(number("parley.limits.address.connections", 20_000, 1, 1_000_000, "connections",
                            "Further handshakes get 429 with `Retry-After`.")),
                    in.read(number("parley.limits.address.calls", 60_000, 1, 100_000_000, "calls per minute",
                            "Further HTTP calls get 429 with `Retry-After`.")));
        }
    }
}
