package parley.protocol;

import java.util.Optional;
import java.util.Set;

/** A command that reads a room: its past, or its events from now on. */
public sealed interface ReadCommand extends Command {

    /**
     * Receive the events of a room.
     *
     * @param since resume after this position, if nothing after it is missing
     * @param last how many of the newest messages the reply has, 0 to 100; -1 for none and no list
     */
    record Subscribe(long id, String room, Optional<Position> since, int last) implements ReadCommand {
        public static final String TYPE = "subscribe";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /** Stop receiving the events of a room. */
    record Unsubscribe(long id, String room) implements ReadCommand {
        public static final String TYPE = "unsubscribe";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /** Read a page of messages. */
    record History(long id, String room, HistoryPage page) implements ReadCommand {
        public static final String TYPE = "history";

        @Override
        public String type() {
            return TYPE;
        }

        @Override
        public Set<Feature> features() {
            return page.features();
        }
    }
}
