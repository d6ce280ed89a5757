package parley.bench;

import java.util.HashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** Also separates deliveries on the poster's instance from those on others. Intended send times must be unique. */
final class ResultsByInstance extends Results {

    private final Histogram same = new Histogram(MAX_LATENCY, 3);
    private final Histogram other = new Histogram(MAX_LATENCY, 3);
    /** The poster's instance by the intended send time of the message. Grows with each message. */
    private final Map<Long, Integer> posted = new HashMap<>();

    /** Posts a message and records the poster's instance. */
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
            Histogram histogram = posted.get(intended) == client.server() ? same : other;
            histogram.recordValue(Math.clamp(now - intended, 0, MAX_LATENCY));
        }
    }

    /** Deliveries to clients on the poster's instance, including the poster. */
    Histogram same() {
        return same;
    }

    /** Deliveries to clients on other instances. */
    Histogram other() {
        return other;
    }
}
