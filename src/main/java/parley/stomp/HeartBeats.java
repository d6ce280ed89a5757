package parley.stomp;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The heart-beats of both sides, as negotiated by {@code CONNECT} and {@code CONNECTED}.
 *
 * @param outgoing the longest silence of the server, in milliseconds; 0 without heart-beats
 * @param incoming the same of the client
 */
record HeartBeats(int outgoing, int incoming) {

    /** The shortest interval of either side, in milliseconds. */
    static final int SHORTEST = 1_000;

    private static final Pattern HEADER = Pattern.compile("([0-9]{1,9}),([0-9]{1,9})");

    /** Reads the header {@code heart-beat} of {@code CONNECT}; empty if it is malformed. */
    static Optional<HeartBeats> of(String header) {
        Matcher wanted = HEADER.matcher(header);
        return wanted.matches() ? Optional.of(new HeartBeats(agreed(wanted.group(2)), agreed(wanted.group(1)))) : Optional.empty();
    }

    private static int agreed(String wanted) {
        int millis = Integer.parseInt(wanted);
        return millis == 0 ? 0 : Math.max(SHORTEST, millis);
    }

    /** The header of {@code CONNECTED}: what the server can send, and what it wants. */
    String header() {
        return SHORTEST + "," + SHORTEST;
    }
}
