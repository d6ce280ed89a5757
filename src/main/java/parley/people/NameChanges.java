package parley.people;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.List;

/** Who got another name since this instance looked last. {@link #catchUp} waits for the database. Safe for every thread. */
@ApplicationScoped
public class NameChanges {

    private static final int PAGE = 1_000;

    @Inject
    private Directory directory;
    @Inject
    private Event<Renamed> renamed;

    // Guarded by this.
    private long position = -1;

    /** Reads what changed since the last call, and fires {@link Renamed} for it. Costs one small query if nothing did. */
    public synchronized void catchUp() {
        long head = directory.head();
        // The first call reads no names: nobody is connected yet. The head goes back when an older backup was restored.
        if (position < 0 || head < position) {
            position = head;
        }
        while (position < head) {
            List<Directory.Change> changes = directory.renamedAfter(position, PAGE);
            position = changes.size() < PAGE ? Math.max(head, last(changes)) : last(changes);
            if (!changes.isEmpty()) {
                renamed.fire(new Renamed(changes.stream().map(Directory.Change::user).toList()));
            }
        }
    }

    private static long last(List<Directory.Change> changes) {
        return changes.isEmpty() ? 0 : changes.getLast().position();
    }
}
