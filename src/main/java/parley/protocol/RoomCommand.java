package parley.protocol;

/** A command that changes who is in a room. */
public sealed interface RoomCommand extends StoredCommand {

    /** Become a member of a public room. */
    record Join(long id, String room) implements RoomCommand {
        public static final String TYPE = "room.join";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /** Stop being a member of a room. */
    record Leave(long id, String room) implements RoomCommand {
        public static final String TYPE = "room.leave";

        @Override
        public String type() {
            return TYPE;
        }
    }
}
