package parley.protocol;

import java.util.Optional;
import java.util.Set;

/** A command about the call of a room. */
public sealed interface CallCommand extends Command {

    /** The most bytes of the data of {@link Signal}. */
    int LARGEST_SIGNAL = 16 << 10;

    /** The room's id. */
    String room();

    @Override
    default Set<Feature> features() {
        return Set.of(Feature.CALLS);
    }

    /** Start a call, and join it. */
    record Start(long id, String room) implements CallCommand {
        public static final String TYPE = "call.start";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /**
     * Join the call of a room.
     *
     * @param participant the caller's participant that this connection continues; empty to join as a new one
     */
    record Join(long id, String room, Optional<String> participant) implements CallCommand {
        public static final String TYPE = "call.join";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /** Leave the call of a room. */
    record Leave(long id, String room) implements CallCommand {
        public static final String TYPE = "call.leave";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /**
     * Send data to a person in the same call, to connect media.
     *
     * @param to the person's id
     * @param participant the one participant of that person that gets it; empty for all
     * @param data JSON: a string or an object of at most {@link #LARGEST_SIGNAL} bytes
     */
    record Signal(long id, String room, String to, Optional<String> participant, String data) implements CallCommand {
        public static final String TYPE = "signal";

        @Override
        public String type() {
            return TYPE;
        }

        /** Without the data, which has addresses and must not get into a log. */
        @Override
        public String toString() {
            return "Signal[" + data.length() + " characters]";
        }
    }
}
