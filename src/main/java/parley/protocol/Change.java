package parley.protocol;

import java.util.List;
import java.util.Set;

/** What one entry of the log changed. */
public sealed interface Change {

    /** The types of what is said in a room. It goes with the room's retention; the others make up the room and stay. */
    Set<String> CONTENT = Set.of(MessagePosted.TYPE);

    /** The name on the wire and in the log. */
    String type();

    /** Whether it is of {@link #CONTENT}. */
    default boolean isContent() {
        return CONTENT.contains(type());
    }

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

    /** The room's own properties, as they are now. The first event of every room. */
    record RoomUpdated(RoomProfile profile) implements Change {
        public static final String TYPE = "room.updated";

        @Override
        public String type() {
            return TYPE;
        }
    }
}
