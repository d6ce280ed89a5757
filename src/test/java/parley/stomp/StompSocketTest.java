package parley.stomp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.hub.Connection;
import parley.hub.Wire;
import parley.identity.Caller;
import parley.protocol.CloseCode;
import parley.protocol.Inbound;
import parley.protocol.Problem;
import parley.protocol.User;

/** A socket before it has a connection. What follows is tested with a server. */
class StompSocketTest {

    private static final String CONNECT = "CONNECT\naccept-version:1.1, 1.2\npasscode:token\n\n\0";
    private static final long LATE = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);

    private final Host host = new Host();
    private final Peer peer = new Peer();
    private final StompSocket socket = new StompSocket(host, peer, Optional.empty(), "::1");

    @ParameterizedTest
    @ValueSource(strings = {
        "SEND\nkey:k\n\nhi\0",
        "CONNECT\npasscode:token\n\n\0",
        "CONNECT\naccept-version:1.1\npasscode:token\n\n\0",
        "CONNECT\naccept-version:1.2\npasscode:token\nheart-beat:1\n\n\0",
        "CONNECT\naccept-version:1.2\npasscode:token\n\nbody\0",
        "CONNECT\nbroken\n\n\0",
    })
    void refusesABrokenBeginning(String frame) {
        socket.text(frame);
        assertThat(peer.last()).startsWith("ERROR\nversion:1.2\nmessage:bad_request\n");
        assertThat(peer.ended).isTrue();
        assertThat(host.asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"CONNECT\naccept-version:1.2\n\n\0", "CONNECT\naccept-version:1.2\npasscode:\n\n\0"})
    void refusesConnectWithoutToken(String frame) {
        socket.text(frame);
        assertThat(peer.last()).contains("\nmessage:unauthorized\n");
    }

    @Test
    void refusesATokenThatTheHostRefuses() {
        socket.text(CONNECT);
        assertThat(host.asked).containsExactly("token");
        assertThat(peer.writes).isEmpty();
        host.admitted.complete(new StompHost.Entry(Optional.empty(), Optional.of(Problem.unauthorized("No."))));
        assertThat(peer.last()).contains("\nmessage:unauthorized\n");
    }

    @Test
    void refusesATokenOfAnotherPersonThanTheHandshake() {
        StompSocket known = new StompSocket(host, peer, Optional.of(caller("alice")), "::1");
        known.text(CONNECT);
        host.admitted.complete(new StompHost.Entry(Optional.of(caller("bob")), Optional.empty()));
        assertThat(peer.last()).contains("\nmessage:forbidden\n");
    }

    @Test
    void refusesTooManyFramesBeforeConnected() {
        socket.text(CONNECT + "SEND\n\n\0".repeat(StompSocket.MOST_EARLY));
        assertThat(peer.writes).isEmpty();
        socket.text("SEND\n\n\0");
        assertThat(peer.last()).contains("\nmessage:too_large\n");
        host.admitted.complete(new StompHost.Entry(Optional.of(caller("bob")), Optional.empty()));
        assertThat(peer.writes).as("nothing after the close").hasSize(1);
    }

    @Test
    void refusesTooManyBytesBeforeConnected() {
        String half = "SEND\n\n" + "x".repeat(StompSocket.MOST_EARLY_BYTES / 2) + "\0";
        socket.text(CONNECT);
        socket.text(half);
        socket.text(half);
        assertThat(peer.writes).isEmpty();
        socket.text("SEND\n\nx\0");
        assertThat(peer.last()).contains("\nmessage:too_large\n");
    }

    @Test
    void refusesWhoSaysNothingInTimeAndThenAborts() {
        socket.text("\n");
        socket.sweep(System.nanoTime());
        assertThat(peer.writes).isEmpty();
        socket.sweep(LATE);
        assertThat(peer.last()).contains("\nmessage:unauthorized\n");
        socket.sweep(System.nanoTime());
        assertThat(peer.aborted).isFalse();
        socket.sweep(LATE + 1);
        assertThat(peer.aborted).isTrue();
    }

    @Test
    void tokenMustBeCheckedInTimeToo() {
        socket.text(CONNECT);
        socket.sweep(LATE);
        assertThat(peer.last()).contains("\nmessage:unauthorized\n");
    }

    @Test
    void answersACloseAndIsForgotten() {
        socket.close(CloseCode.NORMAL.code());
        assertThat(peer.writes.getFirst()).startsWith((byte) 0x88, (byte) 2);
        socket.ended();
        assertThat(host.ended).isTrue();
        socket.text(CONNECT);
        assertThat(host.asked).isEmpty();
    }

    private static Caller caller(String user) {
        return new Caller(new User(user, user), Set.of(), Instant.EPOCH, Instant.now().plusSeconds(600), "", "");
    }

    private static final class Host implements StompHost {

        private final CompletableFuture<Entry> admitted = new CompletableFuture<>();
        private final List<String> asked = new ArrayList<>();
        private boolean ended;

        @Override
        public CompletableFuture<Entry> admit(String token, String address) {
            asked.add(token);
            return admitted;
        }

        @Override
        public Connection open(Caller caller, String address, Wire wire) {
            throw new AssertionError("Nobody is admitted.");
        }

        @Override
        public void route(Connection connection, Inbound frame) {
            throw new AssertionError("There is no connection.");
        }

        @Override
        public void closed(Connection connection) {
            throw new AssertionError("There is no connection.");
        }

        @Override
        public void ended(StompSocket socket) {
            ended = true;
        }

        @Override
        public void identified(StompSocket socket) {
            throw new AssertionError("Nobody is admitted.");
        }
    }

    private static final class Peer implements Wire {

        private final List<byte[]> writes = new ArrayList<>();
        private boolean ended;
        private boolean aborted;

        // Behind the head of the first WebSocket frame, which has a length in two bytes.
        String last() {
            byte[] bytes = writes.getLast();
            return new String(bytes, 4, bytes.length - 4, StandardCharsets.UTF_8);
        }

        @Override
        public void begin(Runnable ready) {
            ready.run();
        }

        @Override
        public Taken send(byte[] frames, int count) {
            writes.add(java.util.Arrays.copyOf(frames, count));
            return Taken.BUSY;
        }

        @Override
        public void end() {
            ended = true;
        }

        @Override
        public void abort() {
            aborted = true;
        }
    }
}
