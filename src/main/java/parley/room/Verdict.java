package parley.room;

import java.util.List;
import parley.protocol.Change;
import parley.protocol.Problem;

/** What was decided about a command. */
public sealed interface Verdict {

    /** These changes follow, one event each, in this order; at least one. */
    record Changes(List<Change> changes) implements Verdict {}

    /** It is so already, as of this offset: nothing changes, and the asker is told the same as the first time. */
    record Already(long offset) implements Verdict {}

    /** It is not done. */
    record Refused(Problem problem) implements Verdict {}

    /** One change. */
    static Verdict change(Change change) {
        return new Changes(List.of(change));
    }
}
