package parley.protocol;

import java.util.List;

/** What one entry of the log changed. */
public sealed interface Change {

    /** The name on the wire and in the log. */
    String type();

    /** A message was posted: the event is the message. */
    record MessagePosted(String text, String key, long thread, List<String> mentions) implements Change {
        public static final String TYPE = "message.posted";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /** Someone became a member. */
    record MemberJoined(User user, Role role) implements Change {
        public static final String TYPE = "member.joined";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /** Someone is no longer a member. */
    record MemberLeft(User user) implements Change {
        public static final String TYPE = "member.left";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /** The room's own properties, as they are now; {@code topic} is empty for none. The first event of every room. */
    record RoomUpdated(String name, RoomKind kind, String topic) implements Change {
        public static final String TYPE = "room.updated";

        @Override
        public String type() {
            return TYPE;
        }
    }
}
