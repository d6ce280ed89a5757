package parley.client;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps a client connected: it fetches a token, opens a link, sees that it lives, and opens the next one when it ends. It takes commands to
 * the link and frames to their rooms. All state belongs to the loop; methods that other threads call say so.
 */
final class Session implements Link.Owner, RoomSubscription.Commands {

    private static final System.Logger LOG = System.getLogger(Session.class.getName());
    private static final JsonMapper JSON = new JsonMapper();
    private static final int MOST_REFUSED_TOKENS = 3;
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration REFRESH_BEFORE = Duration.ofMinutes(1);
    private static final Duration REFRESH_AGAIN = Duration.ofSeconds(5);

    // Close codes of the protocol.
    private static final int RESTART = 1012;
    private static final int SIGNED_OUT = 4001;
    private static final int FIRST_FINAL = 4000;
    private static final int FORBIDDEN = 4003;
    private static final int FIRST_BACK_OFF = 4100;
    private static final int FIRST_AT_ONCE = 4200;
    private static final int FIRST_OTHER = 4300;

    private static final int UNAUTHORIZED_STATUS = 401;
    private static final int FORBIDDEN_STATUS = 403;

    /** A command of the client itself, which belongs to the connection. */
    private record Asked(RoomSubscription.Answer answer, long sentAt) {
    }

    private final Options options;
    private final Loop loop = new Loop(this::defect);
    private final Counters counters = new Counters();
    private final Outbox outbox;
    private final Backoff backoff;
    private final Liveness liveness;
    private final Map<String, RoomSubscription> rooms = new HashMap<>();
    private final Map<Long, Asked> asked = new HashMap<>();
    private final Feed<JsonNode> own;
    private final List<Feed<?>> feeds = new CopyOnWriteArrayList<>();
    private final CompletableFuture<JsonNode> ready = new CompletableFuture<>();
    private final CompletableFuture<Ending> ended = new CompletableFuture<>();
    private final List<Consumer<ConnectionState>> listeners = new CopyOnWriteArrayList<>();

    private volatile ConnectionState state = ConnectionState.CONNECTING;
    private Link link;
    private int nextServer;
    private long nextId;
    /** Counts the attempts, so that a token of an earlier one is known. */
    private long attempt;
    private int refusedTokens;
    private Future<?> attemptEnds;
    private Future<?> retry;
    private Future<?> refresh;
    private Future<?> stable;
    private Future<?> watch;
    private Future<?> resend;
    private long mostFrameBytes = Long.MAX_VALUE;
    private boolean paused;
    /** Frames that were read ahead when reading paused; at most {@link Link#WINDOW}. */
    private final ArrayDeque<JsonNode> held = new ArrayDeque<>();
    private boolean watching;

    Session(Options options) {
        this.options = options;
        outbox = new Outbox(options.unsent());
        backoff = new Backoff(options.firstBackoff(), options.longestBackoff(), options.random());
        liveness = new Liveness(options.quietFor(), options.pongWithin());
        own = new Feed<>(options.callbacks(), options.buffered(), ownerOf(this::watchRooms));
        feeds.add(own);
    }

    /** Begins to connect. Any thread. */
    void start() {
        loop.run(this::connect);
    }

    Feed<JsonNode> own() {
        return own;
    }

    ConnectionState state() {
        return state;
    }

    CompletableFuture<JsonNode> ready() {
        return ready;
    }

    CompletableFuture<Ending> ended() {
        return ended;
    }

    Stats stats() {
        return counters.snapshot();
    }

    void listen(Consumer<ConnectionState> listener) {
        listeners.add(listener);
    }

    /** Registers a room and returns its feed. Any thread, once a room. */
    RoomHandle open(String room) {
        RoomHandle handle = new RoomHandle(room);
        feeds.add(handle.feed);
        if (state == ConnectionState.ENDED) {
            handle.feed.complete();
        }
        loop.run(() -> {
            rooms.put(room, handle.subscription);
            if (state == ConnectionState.CONNECTED) {
                handle.subscription.connected();
            }
        });
        return handle;
    }

    /** A room's feed and its subscription, whose methods run on the loop. */
    final class RoomHandle {

        private final Feed<RoomEvent> feed;
        private final RoomSubscription subscription;

        RoomHandle(String room) {
            feed = new Feed<>(options.callbacks(), options.buffered(), ownerOf(this::look));
            subscription = new RoomSubscription(room, feed, Session.this, counters, options.resetMessages());
        }

        private void look() {
            subscription.look();
        }

        Feed<RoomEvent> feed() {
            return feed;
        }

        Optional<Position> position() {
            return Optional.ofNullable(subscription.position());
        }

        void resumeAfter(Position position) {
            loop.run(() -> subscription.resumeAfter(position));
        }
    }

    private Feed.Owner ownerOf(Runnable look) {
        return new Feed.Owner() {

            @Override
            public void began() {
                loop.run(look);
            }

            @Override
            public void ended() {
                loop.run(look);
            }

            @Override
            public void drained() {
                loop.run(() -> {
                    look.run();
                    readOn();
                });
            }

            @Override
            public void failed(Throwable defect) {
                Session.this.failed(defect);
            }
        };
    }

    /** A callback of the application threw. Any thread. */
    void failed(Throwable defect) {
        counters.errors.incrementAndGet();
        LOG.log(System.Logger.Level.WARNING, "A callback of the application failed", defect);
    }

    private void defect(Throwable defect) {
        counters.errors.incrementAndGet();
        LOG.log(System.Logger.Level.ERROR, "The client failed; it connects again", defect);
        if (link != null) {
            link.abort();
        }
        if (state != ConnectionState.ENDED) {
            cancelled(retry);
            disconnected(backoff.next());
        }
    }

    // Connecting

    private void connect() {
        if (state == ConnectionState.ENDED) {
            return;
        }
        become(ConnectionState.CONNECTING);
        long number = ++attempt;
        attemptEnds = loop.after(options.tokenWithin(), () -> {
            if (number == attempt) {
                failedAttempt(new IllegalStateException("There was no token in time."));
            }
        });
        fetchToken((token, failed) -> {
            if (number != attempt) {
                return;
            }
            attemptEnds.cancel(false);
            if (failed != null) {
                counters.errors.incrementAndGet();
                failedAttempt(failed);
            } else if (token == null) {
                end(new Ending("signed_out", "There is no token."));
            } else {
                open(number, token);
            }
        });
    }

    private void open(long number, String token) {
        URI server = options.servers().get(nextServer++ % options.servers().size());
        Link opening = new Link(this, loop);
        link = opening;
        attemptEnds = loop.after(options.connectWithin(), () -> {
            if (number == attempt && state != ConnectionState.CONNECTED) {
                opening.abort();
                failedAttempt(new IllegalStateException(server + " did not greet in time."));
            }
        });
        opening.open(options.http(), server, token, options.binary(), options.connectWithin());
    }

    private interface TokenReceiver {
        void token(String token, Throwable failed);
    }

    // The application's code may wait, so it runs elsewhere.
    private void fetchToken(TokenReceiver receiver) {
        options.callbacks().execute(() -> {
            String token = null;
            Throwable failed = null;
            try {
                token = options.tokens().token();
            } catch (Exception | LinkageError | StackOverflowError | OutOfMemoryError | AssertionError thrown) {
                failed = thrown;
            }
            String fetched = token;
            Throwable cause = failed;
            loop.run(() -> receiver.token(fetched, cause));
        });
    }

    private void failedAttempt(Throwable cause) {
        LOG.log(System.Logger.Level.DEBUG, "The client could not connect", cause);
        Duration asked = Link.retryAfter(cause);
        Duration wait = backoff.next();
        disconnected(asked.compareTo(wait) > 0 ? asked : wait);
    }

    private void disconnected(Duration wait) {
        attempt++;
        link = null;
        paused = false;
        watching = false;
        held.clear();
        asked.clear();
        outbox.disconnected();
        List.copyOf(rooms.values()).forEach(RoomSubscription::disconnected);
        for (Future<?> timer : new Future<?>[] {attemptEnds, refresh, stable, watch, resend}) {
            if (timer != null) {
                timer.cancel(false);
            }
        }
        become(ConnectionState.WAITING);
        retry = loop.after(wait, this::connect);
        // Commands with a deadline must fail although there is no connection.
        watch = loop.every(options.tick(), this::expire);
    }

    private void become(ConnectionState next) {
        if (state != next) {
            state = next;
            listeners.forEach(listener -> options.callbacks().execute(() -> {
                try {
                    listener.accept(next);
                } catch (RuntimeException failed) {
                    failed(failed);
                }
            }));
        }
    }

    // What the link reports

    @Override
    public void frame(Link from, JsonNode frame) {
        if (from != link) {
            return;
        }
        heard();
        counters.received.incrementAndGet();
        if (paused) {
            held.add(frame);
        } else {
            handle(from, frame);
        }
    }

    private void handle(Link from, JsonNode frame) {
        liveness.handled(frame.path("re").longValue(0));
        if (state != ConnectionState.CONNECTED) {
            greeted(frame);
        } else if (frame.has("re")) {
            reply(frame);
        } else {
            event(frame);
        }
        if (from == link) {
            from.more();
        }
    }

    @Override
    public void alive(Link from) {
        if (from == link) {
            heard();
        }
    }

    private void heard() {
        liveness.heard(System.nanoTime());
    }

    @Override
    public void closed(Link from, int code, String reason) {
        if (from != link) {
            return;
        }
        LOG.log(System.Logger.Level.DEBUG, "The server closed the connection with {0} {1}", code, reason);
        if (code == SIGNED_OUT) {
            refusedToken("The server closed the connection: " + reason);
        } else if (code == FORBIDDEN) {
            end(new Ending("forbidden", reason));
        } else if (code >= FIRST_FINAL && code < FIRST_BACK_OFF) {
            end(new Ending("broken", "The server closed the connection with " + code + ": " + reason));
        } else if (code == RESTART) {
            disconnected(after(reason));
        } else {
            boolean atOnce = code >= FIRST_AT_ONCE && code < FIRST_OTHER && backoff.failures() == 0;
            Duration wait = backoff.next();
            disconnected(atOnce ? Duration.ZERO : wait);
        }
    }

    private Duration after(String reason) {
        try {
            long millis = JSON.readTree(reason).path("after").longValue(-1);
            return millis < 0 ? backoff.next() : Duration.ofMillis(Math.min(millis, TimeUnit.MINUTES.toMillis(5)));
        } catch (JacksonException other) {
            return backoff.next();
        }
    }

    @Override
    public void failed(Link from, Throwable cause) {
        if (from != link) {
            return;
        }
        int status = Link.status(cause);
        if (status == UNAUTHORIZED_STATUS) {
            refusedToken("The server refused the token.");
        } else if (status == FORBIDDEN_STATUS) {
            end(new Ending("forbidden", "The server refused the connection."));
        } else {
            if (state == ConnectionState.CONNECTED) {
                counters.errors.incrementAndGet();
            }
            failedAttempt(cause);
        }
    }

    // The next token may be better.
    private void refusedToken(String why) {
        refusedTokens++;
        if (refusedTokens >= MOST_REFUSED_TOKENS) {
            end(new Ending("unauthorized", why));
        } else {
            Duration wait = backoff.next();
            disconnected(refusedTokens == 1 ? Duration.ZERO : wait);
        }
    }

    private void greeted(JsonNode hello) {
        if (!hello.path("type").asString("").equals("hello")) {
            link.abort();
            failedAttempt(new IllegalStateException("The server's first frame is not a greeting."));
            return;
        }
        attemptEnds.cancel(false);
        watch = cancelled(watch);
        counters.connections.incrementAndGet();
        mostFrameBytes = hello.path("limits").path("frame").longValue(Long.MAX_VALUE);
        liveness.begin(Duration.ofMillis(Math.max(hello.path("heartbeat").longValue(25_000), options.tick().toMillis())),
                System.nanoTime());
        Instant greetedAt = Instant.now();
        become(ConnectionState.CONNECTED);
        stable = loop.after(options.stable(), () -> {
            backoff.reset();
            refusedTokens = 0;
        });
        watch = loop.every(options.tick(), this::look);
        refreshBefore(hello.path("expiresIn").longValue(0));
        ping(tookNanos -> counters.clockOffset(ahead(hello.path("now").asString(""), greetedAt, tookNanos)));
        List.copyOf(rooms.values()).forEach(RoomSubscription::connected);
        watchRooms();
        sendDue();
        ready.completeAsync(() -> hello, options.callbacks());
    }

    private static Future<?> cancelled(Future<?> timer) {
        if (timer != null) {
            timer.cancel(false);
        }
        return null;
    }

    // The greeting was half a round trip old when it arrived.
    private static Duration ahead(String now, Instant greetedAt, long tookNanos) {
        try {
            return Duration.between(greetedAt, Instant.parse(now)).plusNanos(tookNanos / 2);
        } catch (java.time.format.DateTimeParseException other) {
            return Duration.ZERO;
        }
    }

    private void reply(JsonNode frame) {
        long id = frame.get("re").longValue(0);
        JsonNode error = frame.get("error");
        ParleyException refused = error == null ? null : new ParleyException(error.path("code").asString("internal"),
                error.path("message").asString(""), error.path("temporary").booleanValue(false),
                Duration.ofMillis(Math.max(0, error.path("retryAfter").longValue(0))));
        if (refused != null) {
            counters.errors.incrementAndGet();
        }
        Asked question = asked.remove(id);
        if (question != null) {
            question.answer.reply(frame.path("ok"), refused);
        } else if (outbox.has(id)) {
            answer(id, frame.path("ok"), refused);
        }
    }

    private void answer(long id, JsonNode ok, ParleyException refused) {
        if (refused != null && refused.temporary()) {
            Duration wait = refused.retryAfter().isZero() ? RETRY : refused.retryAfter();
            long again = System.nanoTime() + wait.toNanos();
            outbox.postpone(id, again);
            if (refused.code().equals("rate_limited")) {
                outbox.holdUntil(again);
            }
        } else {
            outbox.answered(id).ifPresent(command -> {
                if (refused == null) {
                    command.reply().completeAsync(() -> ok, options.callbacks());
                } else {
                    fail(command, refused);
                }
            });
        }
        sendDue();
    }

    private void fail(Outbox.Command command, ParleyException why) {
        options.callbacks().execute(() -> command.reply().completeExceptionally(why));
    }

    private void event(JsonNode frame) {
        String type = frame.path("type").asString("");
        RoomSubscription room = rooms.get(frame.path("room").asString(""));
        if (room != null && type.equals("unsubscribed")) {
            room.unsubscribed(frame);
        } else if (room != null && !isPersonal(type)) {
            room.event(frame);
        } else {
            publish(frame);
        }
    }

    // Of the person rather than of a subscription.
    private static boolean isPersonal(String type) {
        return switch (type) {
            case "activity", "room.added", "room.removed", "draft", "notified", "withdrawn" -> true;
            case "slash.ran", "slash.pressed", "slash.answered" -> true;
            default -> false;
        };
    }

    private void publish(JsonNode frame) {
        own.publish(frame);
        if (own.isFull()) {
            full();
        }
    }

    @Override
    public void full() {
        if (!paused) {
            paused = true;
            counters.pauses.incrementAndGet();
        }
    }

    private void readOn() {
        if (paused && feeds.stream().noneMatch(Feed::isFull)) {
            paused = false;
            heard();
            while (!paused && !held.isEmpty()) {
                handle(link, held.poll());
            }
        }
    }

    // Commands of the client

    @Override
    public void ask(ObjectNode command, RoomSubscription.Answer answer) {
        if (state != ConnectionState.CONNECTED) {
            return;
        }
        long id = ++nextId;
        asked.put(id, new Asked(answer, System.nanoTime()));
        send(command.put("id", id));
    }

    @Override
    public Future<?> after(Duration delay, Runnable task) {
        return loop.after(delay, task);
    }

    private void send(ObjectNode frame) {
        counters.sent.incrementAndGet();
        link.send(frame);
    }

    // The server tells of the person's rooms and notifications only while there is a subscriber.
    private void watchRooms() {
        if (watching && !own.hasSubscribers()) {
            watching = false;
            ask(JsonNodeFactory.instance.objectNode().put("type", "unwatch"), (ok, refused) -> { });
        } else if (!watching && own.hasSubscribers() && !own.isFull() && state == ConnectionState.CONNECTED) {
            watching = true;
            ask(JsonNodeFactory.instance.objectNode().put("type", "watch"), (ok, refused) -> {
                if (refused == null && ok instanceof ObjectNode rooms) {
                    publish(rooms.put("type", "watch"));
                }
            });
        }
    }

    private interface RoundTrip {
        void took(long nanos);
    }

    private void ping(RoundTrip measured) {
        long sentAt = System.nanoTime();
        liveness.pinged(nextId + 1, sentAt);
        ask(JsonNodeFactory.instance.objectNode().put("type", "ping"), (ok, refused) -> {
            long took = System.nanoTime() - sentAt;
            counters.roundTrip(Duration.ofNanos(took));
            measured.took(took);
        });
    }

    private void refreshBefore(long expiresInMillis) {
        if (expiresInMillis > 0) {
            long wait = Math.max(expiresInMillis - REFRESH_BEFORE.toMillis(), expiresInMillis / 2);
            refresh = loop.after(Duration.ofMillis(wait), this::refresh);
        }
    }

    // If it fails for too long, the server closes the connection, and the next one needs a token too.
    private void refresh() {
        long number = attempt;
        fetchToken((token, failed) -> {
            if (number != attempt || state != ConnectionState.CONNECTED) {
                return;
            }
            if (failed != null) {
                counters.errors.incrementAndGet();
                refresh = loop.after(REFRESH_AGAIN, this::refresh);
            } else if (token == null) {
                end(new Ending("signed_out", "There is no token."));
            } else {
                ask(JsonNodeFactory.instance.objectNode().put("type", "auth.refresh").put("token", token), (ok, refused) -> {
                    if (refused == null) {
                        refreshBefore(ok.path("expiresIn").longValue(0));
                    } else if (refused.temporary()) {
                        refresh = loop.after(REFRESH_AGAIN, this::refresh);
                    }
                });
            }
        });
    }

    // Commands of the application

    /** Sends a command until it is answered. Any thread. */
    CompletableFuture<JsonNode> command(ObjectNode frame, String lane, boolean expires) {
        CompletableFuture<JsonNode> reply = new CompletableFuture<>();
        if (state == ConnectionState.ENDED) {
            return CompletableFuture.failedFuture(new ParleyException("closed", "The client has ended."));
        }
        loop.run(() -> accept(frame, lane, expires, reply));
        return reply;
    }

    private void accept(ObjectNode frame, String lane, boolean expires, CompletableFuture<JsonNode> reply) {
        long now = System.nanoTime();
        Outbox.Command command = new Outbox.Command(++nextId, frame, lane, expires ? now + options.commandTimeout().toNanos() : null,
                reply, now);
        if (state == ConnectionState.ENDED) {
            fail(command, new ParleyException("closed", "The client has ended."));
        } else if (frame.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8).length > mostFrameBytes) {
            fail(command, new ParleyException("too_large", "A command has at most " + mostFrameBytes + " bytes."));
        } else if (!outbox.add(command)) {
            fail(command, new ParleyException("unsent_full", "At most " + options.unsent() + " commands may wait for an answer."));
        } else {
            sendDue();
        }
        counters.unsent.set(outbox.size());
    }

    private void sendDue() {
        if (state == ConnectionState.CONNECTED) {
            long now = System.nanoTime();
            outbox.due(now).forEach(command -> send(command.frame()));
            resend = cancelled(resend);
            outbox.nextDue(now).ifPresent(wait -> resend = loop.after(wait, this::sendDue));
        }
        counters.unsent.set(outbox.size());
    }

    // Sees that the connection lives

    private void expire() {
        List<Outbox.Command> expired = outbox.expired(System.nanoTime());
        counters.unsent.set(outbox.size());
        expired.forEach(command -> fail(command,
                new ParleyException("timeout", "The server did not answer in time.", true, Duration.ZERO)));
    }

    private void look() {
        expire();
        sendDue();
        long now = System.nanoTime();
        if (paused) {
            liveness.heard(now);
        }
        switch (liveness.look(now, outbox.hasInFlight())) {
            case WELL -> { }
            case PING -> ping(took -> { });
            case DEAD -> dead();
        }
    }

    private void dead() {
        LOG.log(System.Logger.Level.DEBUG, "The connection is silent; the client opens another one");
        link.abort();
        boolean first = backoff.failures() == 0;
        Duration wait = backoff.next();
        disconnected(first ? Duration.ZERO : wait);
    }

    // The end

    /** Ends the client. Any thread. */
    void close() {
        loop.run(() -> {
            if (link != null && state != ConnectionState.ENDED) {
                link.close();
            }
            end(new Ending("closed", "The program closed the client."));
        });
    }

    private void end(Ending why) {
        if (state == ConnectionState.ENDED) {
            return;
        }
        if (state != ConnectionState.WAITING) {
            disconnected(Duration.ofDays(1));
        }
        cancelled(retry);
        cancelled(watch);
        become(ConnectionState.ENDED);
        outbox.clear().forEach(command -> fail(command, new ParleyException("closed", why.detail())));
        counters.unsent.set(0);
        feeds.forEach(Feed::complete);
        options.callbacks().execute(() -> ready.completeExceptionally(new ParleyException("closed", why.detail())));
        ended.completeAsync(() -> why, options.callbacks());
        loop.end();
    }
}
