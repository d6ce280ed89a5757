package parley.bench;

import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/** One client of a {@link Crowd}: its socket, and what it has sent and got. For the crowd's thread alone. */
final class Guest {

    enum State { CONNECTING, UPGRADING, ENTERING, IN, GONE }

    /** Commands that may be without an answer; whoever has so many waits. */
    static final int MOST_IN_FLIGHT = 1_024;

    private final int number;
    private final String user;
    private final String room;
    private final boolean posts;
    private final int server;
    /** When the command of this number (modulo the size) was to be sent. */
    private long[] intended;

    State state = State.CONNECTING;
    SelectionKey key;
    SocketChannel channel;
    Iterator<String> entering;
    /** The beginning of a frame whose end has not come. */
    ByteBuffer rest;
    final Deque<ByteBuffer> unsent = new ArrayDeque<>(1);
    boolean reading = true;
    long deliveries;
    int closeCode = 1006;
    private long lastId = 10;
    private int inFlight;

    /**
     * @param room  where it listens; empty for nowhere
     * @param posts whether it is a member there
     */
    Guest(int number, String user, String room, boolean posts) {
        this(number, user, room, posts, 0);
    }

    /** @param server which of the crowd's servers it comes to */
    Guest(int number, String user, String room, boolean posts, int server) {
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

    boolean isIn() {
        return state == State.IN;
    }

    int inFlight() {
        return inFlight;
    }

    boolean mayAsk() {
        return state == State.IN && inFlight < MOST_IN_FLIGHT;
    }

    /** The number of a command that is to be sent at this moment. */
    long asks(long moment) {
        if (intended == null) {
            intended = new long[MOST_IN_FLIGHT];
        }
        long id = ++lastId;
        intended[(int) (id % MOST_IN_FLIGHT)] = moment;
        inFlight++;
        return id;
    }

    /** When the command was to be sent that is answered now. */
    long answered(long id) {
        inFlight--;
        return intended[(int) (id % MOST_IN_FLIGHT)];
    }
}
