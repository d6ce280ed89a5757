package parley.protocol;

import java.util.List;
import java.util.Optional;

/**
 * What a client asks for. A command is well formed: sizes, shapes and characters are checked; rights are not.
 */
public sealed interface Command extends Inbound {

    /** The client's number for it, 1 to 2^53, echoed in the reply; 0 where none was given and none is needed. */
    long id();

    /** The name on the wire. */
    String type();

    /**
     * Listen to a room.
     *
     * @param since resume after this position, if it can be proven
     * @param last how many of the newest messages to send along, 0 to 100
     */
    record Subscribe(long id, String room, Optional<Position> since, int last) implements Command {
        public static final String TYPE = "subscribe";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /** Stop listening to a room. */
    record Unsubscribe(long id, String room) implements Command {
        public static final String TYPE = "unsubscribe";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /** Become a member of a public room. */
    record JoinRoom(long id, String room) implements Command {
        public static final String TYPE = "room.join";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /** Stop being a member of a room. */
    record LeaveRoom(long id, String room) implements Command {
        public static final String TYPE = "room.leave";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /**
     * Say something in a room.
     *
     * @param key idempotency key, 1 to 64 characters: the same key again is the same message
     * @param text 1 to 4,000 characters
     * @param thread the offset of the message that it answers, 0 for none
     * @param mentions ids of at most 50 people
     */
    record PostMessage(long id, String room, String key, String text, long thread, List<String> mentions)
            implements Command {
        public static final String TYPE = "message.post";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /** Read a page of messages. */
    record ReadHistory(long id, String room, HistoryPage page) implements Command {
        public static final String TYPE = "history";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /** Tell the room that one is typing, or no longer. */
    record Typing(long id, String room, boolean on) implements Command {
        public static final String TYPE = "typing";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /**
     * Go on with another token of the same user.
     *
     * @param token the JWT, at most {@link #LONGEST_TOKEN} characters
     */
    record RefreshToken(long id, String token) implements Command {
        public static final String TYPE = "auth.refresh";
        public static final int LONGEST_TOKEN = 16_384;

        @Override
        public String type() {
            return TYPE;
        }

        /** Without the token, which must never get into a log. */
        @Override
        public String toString() {
            return "RefreshToken[id=" + id + "]";
        }
    }

    /** Ask for a sign of life. */
    record Ping(long id) implements Command {
        public static final String TYPE = "ping";

        @Override
        public String type() {
            return TYPE;
        }
    }
}
