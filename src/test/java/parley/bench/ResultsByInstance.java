package parley.bench;

import java.util.HashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** A results that also tells deliveries on the poster's own instance from those on another one. For messages at fixed moments, each its own. */
final class ResultsByInstance extends Results {

    private final Histogram same = new Histogram(LONGEST, 3);
    private final Histogram other = new Histogram(LONGEST, 3);
    /** The poster's instance by the moment that a message was to be sent; as many as are sent. */
    private final Map<Long, Integer> posted = new HashMap<>();

    /** Posts, and keeps in mind where. */
    Load.Sender posting(ClientPool pool) {
        return (client, moment) -> {
            posted.put(moment, client.server());
            pool.post(client, moment);
        };
    }

    @Override
    public void delivered(LoadClient client, long intended, long now) {
        super.delivered(client, intended, now);
        if (isInWindow(intended)) {
            Histogram its = posted.get(intended) == client.server() ? same : other;
            its.recordValue(Math.clamp(now - intended, 0, LONGEST));
        }
    }

    /** Deliveries to clients of the poster's own instance, the poster too. */
    Histogram same() {
        return same;
    }

    /** Deliveries to clients of other instances. */
    Histogram other() {
        return other;
    }
}
