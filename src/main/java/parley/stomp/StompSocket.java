package parley.stomp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import parley.hub.Connection;
import parley.hub.Wire;
import parley.identity.Caller;
import parley.protocol.CloseCode;
import parley.protocol.Frame;
import parley.protocol.Framing;
import parley.protocol.Inbound;
import parley.protocol.Problem;
import parley.threads.Unattended;

/**
 * A WebSocket that speaks STOMP. It has no connection until {@code CONNECT} arrives with a valid token; the token may come with the
 * handshake instead. A client that sends no valid {@code CONNECT} within {@link #LONGEST_WAIT} is refused. The server calls the methods for
 * the client's messages one at a time; any thread may call the others.
 */
public final class StompSocket {

    /** How long a client may take for a valid {@code CONNECT}, in nanoseconds. */
    static final long LONGEST_WAIT = TimeUnit.SECONDS.toNanos(5);
    /** The most frames that wait while the token is checked. */
    static final int MOST_EARLY = 16;
    /** The most bytes of these frames: nobody knows yet whose memory that is. */
    static final int MOST_EARLY_BYTES = 65_536;

    private static final Logger LOG = Logger.getLogger(StompSocket.class.getName());
    private static final long LONGEST_CLOSING = TimeUnit.SECONDS.toNanos(3);
    private static final Pattern VERSIONS = Pattern.compile("\\s*,\\s*");
    private static final Frame HEART_BEAT = new Frame("\n");

    private enum State { WAITING, CHECKING, OPEN, REFUSED, ENDED }

    private final StompHost host;
    private final Wire below;
    private final Optional<Caller> known;
    private final String address;
    private final StompReader reader = new StompReader();
    private volatile long heardAt = System.nanoTime();

    // All below are guarded by this, when they are written.
    private volatile State state = State.WAITING;
    /** When the client connected, or when it was refused. */
    private long since = heardAt;
    private HeartBeats beats;
    private Conversation conversation;
    private StompWire wire;
    private volatile Connection connection;
    private Queue<StompFrame> early = new ArrayDeque<>();
    private int earlyBytes;
    private byte[] earlyPing;

    /** @param known the caller of the token or ticket in the handshake, if it had one */
    public StompSocket(StompHost host, Wire below, Optional<Caller> known, String address) {
        this.host = host;
        this.below = below;
        this.known = known;
        this.address = address;
    }

    /** The address of the client. */
    public String address() {
        return address;
    }

    /** Takes a text message from the client. */
    public void text(String text) {
        received(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Takes a binary message from the client, which is read like a text message. */
    public void binary(byte[] content) {
        received(content);
    }

    private synchronized void received(byte[] bytes) {
        heard();
        Optional<Problem> problem = reader.read(bytes, this::frame);
        if (problem.isEmpty()) {
            return;
        }
        if (state == State.OPEN) {
            route(conversation.broken(problem.get(), reader.receipt().orElse(null)));
        } else {
            refuse(problem.get(), reader.receipt().orElse(null));
        }
    }

    private void heard() {
        heardAt = System.nanoTime();
        Connection open = connection;
        if (open != null) {
            open.heard();
        }
    }

    private void frame(StompFrame frame) {
        switch (state) {
            case WAITING -> connect(frame);
            case CHECKING -> {
                earlyBytes += frame.size();
                if (early.size() >= MOST_EARLY || earlyBytes > MOST_EARLY_BYTES) {
                    refuse(Problem.tooLarge("At most " + MOST_EARLY + " frames of " + (MOST_EARLY_BYTES >> 10)
                            + " KiB together may come before CONNECTED."), frame.receipt().orElse(null));
                } else {
                    early.add(frame);
                }
            }
            case OPEN -> route(conversation.command(frame));
            case REFUSED, ENDED -> { }
        }
    }

    private void route(Inbound command) {
        if (command != null && !connection.isClosing()) {
            host.route(connection, command);
        }
    }

    private void connect(StompFrame frame) {
        Optional<HeartBeats> wanted = HeartBeats.of(frame.header("heart-beat").orElse("0,0"));
        String receipt = frame.receipt().orElse(null);
        Optional<String> token = frame.header("passcode").filter(passcode -> !passcode.isEmpty());
        if (!StompReader.isConnect(frame.command())) {
            refuse(Problem.badRequest("The first frame must be CONNECT."), receipt);
        } else if (!VERSIONS.splitAsStream(frame.header("accept-version").orElse("1.0")).anyMatch("1.2"::equals)) {
            refuse(Problem.badRequest("`accept-version` must contain 1.2."), receipt);
        } else if (wanted.isEmpty()) {
            refuse(Problem.badRequest("`heart-beat` must be two numbers, separated by a comma."), receipt);
        } else if (frame.body().length > 0) {
            refuse(Problem.badRequest("Only SEND may have a body."), receipt);
        } else if (token.isPresent()) {
            beats = wanted.get();
            state = State.CHECKING;
            Unattended.log(host.admit(token.get(), address).thenAccept(this::admitted), LOG, "A token could not be checked");
        } else if (known.isPresent()) {
            beats = wanted.get();
            open(known.get());
        } else {
            refuse(Problem.unauthorized("`passcode` must be a valid token."), receipt);
        }
    }

    private synchronized void admitted(StompHost.Entry entry) {
        if (state != State.CHECKING) {
            return;
        }
        if (entry.refusal().isPresent()) {
            refuse(entry.refusal().get(), null);
        } else if (known.isPresent() && !known.get().id().equals(entry.caller().orElseThrow().id())) {
            refuse(Problem.forbidden("The tokens of the handshake and of `passcode` belong to different people."), null);
        } else {
            open(entry.caller().orElseThrow());
        }
    }

    private void open(Caller caller) {
        state = State.OPEN;
        host.identified(this);
        conversation = new Conversation(beats);
        wire = new StompWire(below, conversation);
        connection = host.open(caller, address, wire);
        wire.opened(connection);
        if (earlyPing != null) {
            connection.pong(earlyPing);
            earlyPing = null;
        }
        early.forEach(this::frame);
        early = null;
    }

    // There is no connection yet, so nothing else writes.
    private void refuse(Problem problem, String receipt) {
        if (state == State.REFUSED || state == State.ENDED) {
            return;
        }
        LOG.log(Level.FINE, "A client at {0} is refused: {1}", new Object[] {address, problem.message()});
        Conversation.Ending ending = Conversation.ending(problem);
        end(Framing.message(Framing.TEXT, StompWriter.error(problem, receipt)), Framing.close(ending.code(), ending.reason()));
    }

    private void end(byte[] error, byte[] close) {
        state = State.REFUSED;
        early.clear();
        since = System.nanoTime();
        byte[] last = Arrays.copyOf(error, error.length + close.length);
        System.arraycopy(close, 0, last, error.length, close.length);
        below.begin(() -> { });
        below.send(last, last.length);
        below.end();
    }

    /** Answers a ping, at once or after {@code CONNECTED}. */
    public synchronized void ping(byte[] content) {
        heard();
        if (state == State.OPEN) {
            connection.pong(content);
        } else {
            earlyPing = content;
        }
    }

    /** Notes the answer to a ping. */
    public void pong() {
        Connection open = connection;
        if (open != null) {
            open.answered();
        }
    }

    /** The client's close frame came. */
    public synchronized void close(int code) {
        if (state == State.OPEN) {
            conversation.left();
            connection.close(code, "");
        } else if (state != State.REFUSED && state != State.ENDED) {
            end(new byte[0], Framing.close(code, ""));
        }
    }

    /** Closes the connection because the client broke the rules of WebSocket. */
    public synchronized void violation(CloseCode code) {
        if (state == State.OPEN) {
            connection.close(code, "invalid frame");
        } else if (state != State.REFUSED && state != State.ENDED) {
            end(new byte[0], Framing.close(code.code(), "invalid frame"));
        }
    }

    /** The WebSocket has ended, whichever side closed it. */
    public synchronized void ended() {
        host.ended(this);
        if (state == State.OPEN) {
            host.closed(connection);
        }
        state = State.ENDED;
    }

    /** Sends a due heart-beat. Ends a client that is silent, or that sent no valid {@code CONNECT}. Called several times a second. */
    public void sweep(long now) {
        if (state == State.OPEN) {
            beat(now);
        } else {
            sweepUnopened(now);
        }
    }

    private void beat(long now) {
        Connection open = connection;
        if (open == null || open.isClosing()) {
            return;
        }
        // Early by a quarter, so that it arrives in time.
        if (beats.outgoing() > 0 && now - wire.sentAt() >= TimeUnit.MILLISECONDS.toNanos(beats.outgoing()) / 4 * 3) {
            open.say(HEART_BEAT);
        }
        // Twice the interval, because the network may delay one.
        if (beats.incoming() > 0 && now - heardAt > 2 * TimeUnit.MILLISECONDS.toNanos(beats.incoming())) {
            open.close(CloseCode.SILENT, "no heart-beat");
        }
    }

    private synchronized void sweepUnopened(long now) {
        if (state == State.REFUSED && now - since > LONGEST_CLOSING) {
            below.abort();
        } else if ((state == State.WAITING || state == State.CHECKING) && now - since > LONGEST_WAIT) {
            refuse(Problem.unauthorized("No valid CONNECT arrived in time."), null);
        }
    }

    /** Ends the WebSocket at once if it has no connection, because the application stops. */
    public synchronized void stop() {
        if (state != State.OPEN && state != State.ENDED) {
            below.abort();
        }
    }
}
