package parley.moderation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import parley.room.RulesInForce;
import parley.room.Verdict;
import parley.sql.Followed;

/**
 * This instance's copy of all rules, compiled: at most {@link Rules#MOST} of the installation and {@link Rules#MOST_OF_ROOMS} of rooms. It
 * follows the database, never the bus. Without the database, the known rules apply. Safe for every thread.
 */
@ApplicationScoped
class KnownRules implements RulesInForce, Followed {

    /** The rules as of a number of changes. */
    private record Copy(long position, CompiledRules ofAll, Map<String, CompiledRules> ofRooms) {}

    @Inject
    private RuleRows rows;

    private volatile Copy copy = new Copy(-1, CompiledRules.NONE, Map.of());

    @Override
    public Verdict of(String room, String text) {
        Copy known = copy;
        CompiledRules ofRoom = known.ofRooms.getOrDefault(room, CompiledRules.NONE);
        if (known.ofAll.isEmpty() && ofRoom.isEmpty()) {
            return Verdict.ALLOWED;
        }
        CompiledRules.Read read = CompiledRules.Read.of(text);
        return known.ofAll.of(read).or(ofRoom.of(read));
    }

    @Override
    public String headQuery() {
        return RuleRows.HEAD;
    }

    /** Takes over a change of this instance. */
    void catchUp() {
        catchUp(rows.head());
    }

    @Override
    public synchronized void catchUp(long head) {
        Copy known = copy;
        if (head == known.position) {
            return;
        }
        // A head that is set back is that of a restored database.
        boolean all = head < known.position;
        Map<String, CompiledRules> ofRooms = new HashMap<>(all ? Map.of() : known.ofRooms);
        CompiledRules ofAll = all ? CompiledRules.NONE : known.ofAll;
        for (String room : rows.changedAfter(all ? -1 : known.position)) {
            List<Rule> rules = rows.of(room);
            if (room.isEmpty()) {
                ofAll = CompiledRules.of(rules);
            } else if (rules.isEmpty()) {
                ofRooms.remove(room);
            } else {
                ofRooms.put(room, CompiledRules.of(rules));
            }
        }
        copy = new Copy(head, ofAll, Map.copyOf(ofRooms));
    }
}
