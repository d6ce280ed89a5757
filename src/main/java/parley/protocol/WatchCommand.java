package parley.protocol;

import java.util.Set;

/** A command about the caller's own rooms: what is new in them, and how far the caller has read. */
public sealed interface WatchCommand extends Command {

    /** Receive the caller's rooms, and what changes in them from now on. */
    record Watch(long id) implements WatchCommand {
        public static final String TYPE = "watch";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /** Stop receiving what changes in the caller's rooms. */
    record Unwatch(long id) implements WatchCommand {
        public static final String TYPE = "unwatch";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /**
     * Store how far the caller has read.
     *
     * @param upto everything up to this offset was read
     * @param back whether the marker may move back
     */
    record Read(long id, String room, long upto, boolean back) implements WatchCommand {
        public static final String TYPE = "read";

        @Override
        public String type() {
            return TYPE;
        }

        @Override
        public Set<Feature> features() {
            return Set.of(Feature.READ);
        }
    }
}
