package parley.protocol;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
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

    /**
     * Someone's role is another now. {@link Role#BANNED} ends a membership, if there is one, and {@link Role#NONE} ends a ban.
     *
     * @param until when a ban ends; for ever when it is empty, as it is with every other role
     */
    record MemberRole(User user, Role role, Optional<Instant> until) implements Change {
        public static final String TYPE = "member.role";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /** Someone may neither post nor type until a moment, wherever they go meanwhile. */
    record MemberMuted(User user, Instant until) implements Change {
        public static final String TYPE = "member.muted";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /** Someone is no longer muted, before the time. */
    record MemberUnmuted(User user) implements Change {
        public static final String TYPE = "member.unmuted";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /** The room is no more, for anyone. The last event of its log. */
    record RoomClosed() implements Change {
        public static final String TYPE = "room.closed";

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
