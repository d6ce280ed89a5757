package parley.protocol;

import java.util.List;

/**
 * Who is online in a room: the ids in a small room, only the number in a large one.
 *
 * @param users sorted ids; empty if {@code count} is over {@link #LISTED}
 */
public record Online(int count, List<String> users) {

    /** Above this many people a number is sent instead of a list. */
    public static final int LISTED = 200;

    /** Whether the people are named. */
    public boolean listed() {
        return count <= LISTED;
    }
}
