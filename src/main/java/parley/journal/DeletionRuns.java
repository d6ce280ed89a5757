package parley.journal;

import java.util.ArrayList;
import java.util.List;
import parley.protocol.MessageChange;
import parley.protocol.RoomEvent;

/**
 * Splits events so that the messages which consecutive events delete in one room are removed from a table by one statement. A bulk removal
 * or an erasure deletes a hundred at once.
 */
public final class DeletionRuns {

    private DeletionRuns() {
    }

    /** The events in their order: deletions that follow each other in one room together, each other event by itself. */
    public static List<List<RoomEvent>> of(List<RoomEvent> events) {
        List<List<RoomEvent>> runs = new ArrayList<>();
        int from = 0;
        for (int to = 1; to <= events.size(); to++) {
            if (to == events.size() || !goesOn(events.get(from), events.get(to))) {
                runs.add(events.subList(from, to));
                from = to;
            }
        }
        return runs;
    }

    private static boolean goesOn(RoomEvent first, RoomEvent next) {
        return first.change() instanceof MessageChange.Deleted && next.change() instanceof MessageChange.Deleted
                && first.room().equals(next.room());
    }

    /** The messages that a run deletes, for {@code = any(?)}. */
    public static Long[] messages(List<RoomEvent> run) {
        return run.stream().map(event -> ((MessageChange.Deleted) event.change()).message()).toArray(Long[]::new);
    }
}
