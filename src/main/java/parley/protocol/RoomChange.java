package parley.protocol;

/** A change of the room itself. */
public sealed interface RoomChange extends Change {

    /** The room's properties after the change. The first event of every room. */
    record Updated(RoomProfile profile) implements RoomChange {
        public static final String TYPE = "room.updated";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /**
     * Earlier events of the log changed, because a person was erased: who keeps copies of what the room showed before this event takes
     * all of it again.
     */
    record Rewritten() implements RoomChange {
        public static final String TYPE = "room.rewritten";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /** The room was closed for everyone. The last event of its log. */
    record Closed() implements RoomChange {
        public static final String TYPE = "room.closed";

        @Override
        public String type() {
            return TYPE;
        }
    }
}
