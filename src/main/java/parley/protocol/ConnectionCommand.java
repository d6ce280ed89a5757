package parley.protocol;

/** A command that stores nothing and reads no messages. */
public sealed interface ConnectionCommand extends Command {

    /** Broadcast to a room that the caller types or has stopped. */
    record Typing(long id, String room, boolean on) implements ConnectionCommand {
        public static final String TYPE = "typing";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /**
     * Continue with another token of the same user.
     *
     * @param token the JWT, at most {@link #LONGEST_TOKEN} characters
     */
    record RefreshToken(long id, String token) implements ConnectionCommand {
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

    /** Ask for a reply, to find out whether the connection works. */
    record Ping(long id) implements ConnectionCommand {
        public static final String TYPE = "ping";

        @Override
        public String type() {
            return TYPE;
        }
    }
}
