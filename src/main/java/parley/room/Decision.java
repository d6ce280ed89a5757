package parley.room;

import java.util.List;
import parley.protocol.Change;
import parley.protocol.Problem;

/** What was decided about a command. */
public sealed interface Decision {

    /** These changes follow, one event each, in this order; at least one. */
    record Changes(List<Change> changes) implements Decision {}

    /** It is so already, as of this offset: nothing changes, and the asker is told the same as the first time. */
    record Already(long offset) implements Decision {}

    /** It is not done. */
    record Refused(Problem problem) implements Decision {}

    /** One change. */
    static Decision change(Change change) {
        return new Changes(List.of(change));
    }
}
