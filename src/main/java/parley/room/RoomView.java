package parley.room;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;
import parley.protocol.CallChange;
import parley.protocol.DocumentChange;
import parley.protocol.MemberChange;
import parley.protocol.MessageChange;
import parley.protocol.Position;
import parley.protocol.Retention;
import parley.protocol.Role;
import parley.protocol.RoomChange;
import parley.protocol.RoomEvent;
import parley.protocol.RoomKind;
import parley.protocol.RoomProfile;
import parley.protocol.User;

/**
 * A room as of an offset of its log: the fold of every event up to it. Immutable.
 *
 * @param offset the last event that is in it, 0 for none
 * @param members who is in the room
 * @param restrictions by user id, also of users who are no members, at most {@link Restriction#MOST}; some may have ended
 * @param closed whether the room was closed
 * @param call the id of the call that is on in the room
 */
public record RoomView(String id, String epoch, long offset, RoomProfile profile, Members members,
                       PSortedMap<String, Restriction> restrictions, boolean closed, Optional<String> call) {

    // Until its first event says more, a room is nobody's to see.
    private static final RoomProfile UNNAMED = new RoomProfile("", RoomKind.PRIVATE, "", Retention.FOREVER);

    /** A room whose log is empty. */
    public static RoomView empty(String id, String epoch) {
        return new RoomView(id, epoch, 0, UNNAMED, Members.NONE, TreePMap.empty(), false, Optional.empty());
    }

    /** The position of this view. */
    public Position position() {
        return new Position(epoch, offset);
    }

    /** Whether it is a direct room. */
    public boolean isDirect() {
        return profile.kind() == RoomKind.DIRECT;
    }

    /** The membership of this user, if there is one. */
    public Optional<Member> member(String user) {
        return Optional.ofNullable(members.byId().get(user));
    }

    /** The role of this user; {@link Role#NONE} without a membership. */
    public Role role(String user) {
        return member(user).map(Member::role).orElse(Role.NONE);
    }

    /** What holds this user back at that moment. */
    public Optional<Restriction> restriction(String user, Instant now) {
        return Optional.ofNullable(restrictions.get(user)).filter(restriction -> restriction.holds(now));
    }

    /** Whether the room does not exist for this user at that moment. */
    public boolean isBanned(String user, Instant now) {
        return restriction(user, now).filter(restriction -> restriction.kind() == Restriction.Kind.BANNED).isPresent();
    }

    /** The end of this user's mute, if it is in force at that time. */
    public Optional<Instant> mutedUntil(String user, Instant now) {
        return restriction(user, now).filter(restriction -> restriction.kind() == Restriction.Kind.MUTED).flatMap(Restriction::until);
    }

    /** The user with the name that the room knows; the id is the name of an unknown user. */
    User person(String user) {
        return person(new User(user, user));
    }

    /** The user with the name that the room knows, or this one. */
    User person(User user) {
        return member(user.id()).map(Member::user).or(() -> Optional.ofNullable(restrictions.get(user.id())).map(Restriction::user))
                .orElse(user);
    }

    /** The view after further events. Events that it already contains change nothing; a gap is a defect and throws. */
    public RoomView after(List<RoomEvent> events) {
        RoomView view = this;
        for (RoomEvent event : events) {
            view = view.after(event);
        }
        return view;
    }

    /** This view after the events up to an offset, none of which is an event of the room, its members or its calls. */
    public RoomView skippingTo(long at) {
        return new RoomView(id, epoch, at, profile, members, restrictions, closed, call);
    }

    /** This view after the next event. */
    public RoomView after(RoomEvent event) {
        if (event.offset() <= offset) {
            return this;
        }
        if (event.offset() != offset + 1) {
            throw new IllegalStateException("Room " + id + " is at " + offset + " and can't apply event " + event.offset());
        }
        return switch (event.change()) {
            case RoomChange change -> after(change, event.offset());
            case MemberChange change -> new RoomView(id, epoch, event.offset(), profile, membersAfter(change, event.offset()),
                    restrictionsAfter(change), closed, call);
            case MessageChange change -> skippingTo(event.offset());
            case DocumentChange change -> skippingTo(event.offset());
            case CallChange change -> after(change, event.offset());
        };
    }

    private RoomView after(RoomChange change, long at) {
        return switch (change) {
            case RoomChange.Updated updated -> new RoomView(id, epoch, at, updated.profile(), members, restrictions, closed, call);
            // Whom it replaced is in no event. The journal loads the view again.
            case RoomChange.Rewritten rewritten -> skippingTo(at);
            case RoomChange.Closed closing -> new RoomView(id, epoch, at, profile, members, restrictions, true,
                    Optional.empty());
        };
    }

    private RoomView after(CallChange change, long at) {
        return new RoomView(id, epoch, at, profile, members, restrictions, closed, switch (change) {
            case CallChange.Started started -> Optional.of(started.call());
            case CallChange.Ended ended -> Optional.empty();
        });
    }

    private Members membersAfter(MemberChange change, long at) {
        return switch (change) {
            case MemberChange.Joined joined -> members.with(new Member(joined.user(), joined.role(), at));
            case MemberChange.Left left -> members.without(left.user().id());
            case MemberChange.RoleChanged changed -> withRole(changed);
            case MemberChange.Muted muted -> members;
            case MemberChange.Unmuted unmuted -> members;
        };
    }

    private Members withRole(MemberChange.RoleChanged changed) {
        if (changed.role() == Role.BANNED) {
            return members.without(changed.user().id());
        }
        return member(changed.user().id())
                .map(member -> members.with(new Member(member.user(), changed.role(), member.since()))).orElse(members);
    }

    private PSortedMap<String, Restriction> restrictionsAfter(MemberChange change) {
        String user = change.user().id();
        Optional<Restriction> before = Optional.ofNullable(restrictions.get(user));
        Optional<Restriction> after = Restriction.after(before, change);
        if (before.equals(after)) {
            return restrictions;
        }
        return after.map(held -> restrictions.plus(user, held)).orElseGet(() -> restrictions.minus(user));
    }
}
