package parley.protocol;

import java.util.List;

/**
 * Who listens to a room: ids in a small room, only their number in a large one.
 *
 * @param users sorted ids, empty when {@code count} is over {@link #LISTED}
 */
public record Online(int count, List<String> users) {

    /** Above this many people a number is sent instead of a list. */
    public static final int LISTED = 200;

    /** Whether the people are named. */
    public boolean listed() {
        return count <= LISTED;
    }
}
