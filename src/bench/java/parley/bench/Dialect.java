package parley.bench;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * How a server of chat rooms is spoken to: the same job in each one's own words. What comes is looked at where it lies in
 * the buffer, for it comes two million times a second.
 */
interface Dialect {

    /** What a text frame is. */
    enum Kind {
        /** The server's part of the introduction, before anything was asked. */
        GREETING,
        /** Somebody's message. */
        DELIVERY,
        /** The answer to a command. */
        REPLY,
        /** The answer to a command that was not done. */
        REFUSAL,
        /** A heartbeat in a text frame, which wants {@link #heartbeat}. */
        HEARTBEAT,
        /** Anything else: presence, someone joining. */
        OTHER
    }

    /** The upgrade request's target, and its headers beside those of every upgrade, each with its line end. */
    String target();

    String headers(String token);

    /** Whether the server speaks first once the socket is open. */
    boolean greets();

    /** What a client says to be in its room, if it has one: each line after the answer to the one before. */
    List<String> entering(Guest guest, String token);

    /** A message to the room. */
    String post(long id, String room, String key, String text);

    Kind kind(ByteBuffer bytes, int from, int length);

    /** The number of the command that a reply or refusal answers. */
    long repliesTo(ByteBuffer bytes, int from);

    /** The answer to {@link Kind#HEARTBEAT}. */
    default String heartbeat() {
        throw new IllegalStateException("This server has no heartbeat in text frames.");
    }

    /** The digits that begin at an index. */
    static long number(ByteBuffer bytes, int from) {
        long number = 0;
        for (int at = from; bytes.get(at) >= '0' && bytes.get(at) <= '9'; at++) {
            number = number * 10 + bytes.get(at) - '0';
        }
        return number;
    }
}
