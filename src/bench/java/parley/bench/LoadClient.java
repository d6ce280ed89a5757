package parley.bench;

import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/** A client of a {@link ClientPool}: its socket and counters. Only for the pool's thread. */
final class LoadClient {

    enum State { CONNECTING, UPGRADING, ENTERING, READY, CLOSED }

    /** The maximum number of commands without a reply. */
    static final int MAX_IN_FLIGHT = 1_024;

    private final int number;
    private final String user;
    private final String room;
    private final boolean posts;
    private final int server;
    /** The intended send time of each command in flight, by its id modulo the size. */
    private long[] intended;

    State state = State.CONNECTING;
    Dialect dialect;
    SelectionKey key;
    SocketChannel channel;
    Iterator<String> entering;
    /** The start of an incomplete frame. */
    ByteBuffer partialFrame;
    final Deque<ByteBuffer> unsent = new ArrayDeque<>(1);
    boolean reading = true;
    long deliveries;
    int closeCode = 1006;
    private long lastId = 10;
    private int inFlight;

    /**
     * @param room  the room it subscribes to; empty for none
     * @param posts whether it joins the room and posts
     */
    LoadClient(int number, String user, String room, boolean posts) {
        this(number, user, room, posts, 0);
    }

    /** @param server index of the server in the pool */
    LoadClient(int number, String user, String room, boolean posts, int server) {
        this.number = number;
        this.user = user;
        this.room = room;
        this.posts = posts;
        this.server = server;
    }

    int number() {
        return number;
    }

    String user() {
        return user;
    }

    String room() {
        return room;
    }

    boolean posts() {
        return posts;
    }

    int server() {
        return server;
    }

    boolean isReady() {
        return state == State.READY;
    }

    int inFlight() {
        return inFlight;
    }

    boolean maySend() {
        return state == State.READY && inFlight < MAX_IN_FLIGHT;
    }

    /** A new command id; {@code moment} is the intended send time. */
    long nextCommand(long moment) {
        if (intended == null) {
            intended = new long[MAX_IN_FLIGHT];
        }
        long id = ++lastId;
        intended[(int) (id % MAX_IN_FLIGHT)] = moment;
        inFlight++;
        return id;
    }

    /** Marks a command as answered and returns its intended send time. */
    long answered(long id) {
        inFlight--;
        return intended[(int) (id % MAX_IN_FLIGHT)];
    }
}
