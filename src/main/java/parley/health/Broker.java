package parley.health;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

/** The connection of this instance to the broker, for administrators. Safe for every thread; never blocks. */
@ApplicationScoped
public class Broker {

    private record Source(BooleanSupplier connected, IntSupplier others) {}

    private volatile Source source;

    /**
     * What the connection is like now.
     *
     * @param connected whether this instance can send to the topic and receive from it
     * @param others how many other instances it receives messages from
     */
    public record State(boolean connected, int others) {}

    /** Says where the state is read from. Instances without a broker don't call it. */
    public void isWatchedBy(BooleanSupplier connected, IntSupplier others) {
        source = new Source(connected, others);
    }

    /** The state; empty if this instance works without a broker. */
    public Optional<State> state() {
        return Optional.ofNullable(source).map(known -> new State(known.connected.getAsBoolean(), known.others.getAsInt()));
    }
}
