package parley.protocol;

import java.time.Instant;
import java.util.Optional;

/** A change of one user's membership, role or restriction in a room. */
public sealed interface MemberChange extends Change {

    /** The user who is affected. */
    User user();

    /** The user became a member. */
    record Joined(User user, Role role) implements MemberChange {
        public static final String TYPE = "member.joined";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /** The user is no longer a member. */
    record Left(User user) implements MemberChange {
        public static final String TYPE = "member.left";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /**
     * The user's role changed. {@link Role#BANNED} also ends a membership, {@link Role#NONE} ends a ban.
     *
     * @param until when a ban ends; empty for a permanent ban and for every other role
     */
    record RoleChanged(User user, Role role, Optional<Instant> until) implements MemberChange {
        public static final String TYPE = "member.role";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /** The user can't post or type until the given time. Leaving and joining again doesn't end it. */
    record Muted(User user, Instant until) implements MemberChange {
        public static final String TYPE = "member.muted";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /** The user's mute was lifted early. */
    record Unmuted(User user) implements MemberChange {
        public static final String TYPE = "member.unmuted";

        @Override
        public String type() {
            return TYPE;
        }
    }
}
