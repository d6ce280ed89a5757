package parley.protocol;

import java.util.List;
import java.util.Set;

/** The start or the end of a call in a room. Who joins and leaves in between is not in the log: {@link Event.CallPeople}. */
public sealed interface CallChange extends Change {

    /** The types on the wire. */
    Set<String> TYPES = Set.of(Started.TYPE, Ended.TYPE);

    /** The call's id. */
    String call();

    /** A call was started. */
    record Started(String call) implements CallChange {
        public static final String TYPE = "call.started";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /**
     * A call ended, because nobody is in it any more.
     *
     * @param seconds from its start to the moment when the last person left
     * @param people who took part, in the order of joining; at most {@link #MOST_PEOPLE}
     */
    record Ended(String call, long seconds, List<User> people) implements CallChange {
        public static final String TYPE = "call.ended";
        /** Further people are not listed. */
        public static final int MOST_PEOPLE = 50;

        @Override
        public String type() {
            return TYPE;
        }
    }
}
