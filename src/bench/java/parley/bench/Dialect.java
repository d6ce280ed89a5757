package parley.bench;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * The wire protocol of a chat server under test. Frames are inspected in place in the read buffer, because there are up to two million
 * per second.
 */
interface Dialect {

    /** The kind of a frame of text or CBOR. */
    enum Kind {
        /** The server's greeting. */
        GREETING,
        /** A chat message. */
        DELIVERY,
        /** The reply to a successful command. */
        REPLY,
        /** The reply to a refused command. */
        REFUSAL,
        /** A heartbeat in a text frame; the client replies with {@link #heartbeat}. */
        HEARTBEAT,
        /** Anything else: presence, someone joining. */
        OTHER
    }

    /** The target of the upgrade request. */
    String target();

    /** Additional headers of the upgrade request, each with its line end. */
    String headers(String token);

    /** Whether the server sends a greeting after the upgrade. */
    boolean greets();

    /** The commands that bring a client into its room, each sent after the reply to the one before; empty without a room. */
    List<String> entering(LoadClient client, String token);

    /** The frame of a command. */
    default ByteBuffer frame(String command) {
        return Frames.text(command);
    }

    /** The command that posts a message. */
    String post(long id, String room, String key, String text);

    Kind kind(ByteBuffer bytes, int from, int length);

    /** The id of the command that a reply or refusal belongs to. */
    long repliesTo(ByteBuffer bytes, int from);

    /** The reply to a {@link Kind#HEARTBEAT}. */
    default String heartbeat() {
        throw new IllegalStateException("This protocol has no heartbeats in text frames.");
    }

    /** Parses the decimal number at this index. */
    static long number(ByteBuffer bytes, int from) {
        long number = 0;
        for (int at = from; bytes.get(at) >= '0' && bytes.get(at) <= '9'; at++) {
            number = number * 10 + bytes.get(at) - '0';
        }
        return number;
    }
}
