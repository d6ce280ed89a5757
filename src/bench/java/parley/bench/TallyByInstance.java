package parley.bench;

import java.util.HashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** A tally that also tells deliveries on the poster's own instance from those on another one. For messages at fixed moments, each its own. */
final class TallyByInstance extends Tally {

    private final Histogram same = new Histogram(LONGEST, 3);
    private final Histogram other = new Histogram(LONGEST, 3);
    /** The poster's instance by the moment that a message was to be sent; as many as are sent. */
    private final Map<Long, Integer> posted = new HashMap<>();

    /** Posts, and keeps in mind where. */
    Load.Asking posting(Crowd crowd) {
        return (guest, moment) -> {
            posted.put(moment, guest.server());
            crowd.post(guest, moment);
        };
    }

    @Override
    public void delivered(Guest guest, long intended, long now) {
        super.delivered(guest, intended, now);
        if (isInWindow(intended)) {
            Histogram its = posted.get(intended) == guest.server() ? same : other;
            its.recordValue(Math.clamp(now - intended, 0, LONGEST));
        }
    }

    /** Deliveries to guests of the poster's own instance, the poster too. */
    Histogram same() {
        return same;
    }

    /** Deliveries to guests of other instances. */
    Histogram other() {
        return other;
    }
}
