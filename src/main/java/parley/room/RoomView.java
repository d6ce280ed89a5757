package parley.room;

import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import parley.protocol.Change;
import parley.protocol.Position;
import parley.protocol.Retention;
import parley.protocol.Role;
import parley.protocol.RoomEvent;
import parley.protocol.RoomKind;
import parley.protocol.RoomProfile;
import parley.protocol.User;

/**
 * A room as of an offset of its log: the fold of every event up to it. Immutable.
 *
 * @param offset the last event that is in it, 0 for none
 * @param members by user id, at most {@link RoomPolicy#MOST_MEMBERS}
 * @param restrictions what holds people back, members or not, by user id, at most {@link Restriction#MOST}; some may have ended
 * @param closed whether the room is no more
 */
public record RoomView(String id, String epoch, long offset, RoomProfile profile, Map<String, Member> members,
                       Map<String, Restriction> restrictions, boolean closed) {

    // Until its first event says more, a room is nobody's to see.
    private static final RoomProfile UNNAMED = new RoomProfile("", RoomKind.PRIVATE, "", Retention.FOREVER);

    /** A room whose log is empty. */
    public static RoomView empty(String id, String epoch) {
        return new RoomView(id, epoch, 0, UNNAMED, Map.of(), Map.of(), false);
    }

    /** Where this view stands. */
    public Position position() {
        return new Position(epoch, offset);
    }

    /** The membership of this user, if there is one. */
    public Optional<Member> member(String user) {
        return Optional.ofNullable(members.get(user));
    }

    /** What this user is here, {@link Role#NONE} for someone who is not a member. */
    public Role role(String user) {
        Member member = members.get(user);
        return member == null ? Role.NONE : member.role();
    }

    /** What holds this user back at that moment. */
    public Optional<Restriction> restriction(String user, Instant now) {
        return Optional.ofNullable(restrictions.get(user)).filter(restriction -> restriction.holds(now));
    }

    /** Whether the room does not exist for this user at that moment. */
    public boolean isBanned(String user, Instant now) {
        return restriction(user, now).filter(restriction -> restriction.kind() == Restriction.Kind.BANNED).isPresent();
    }

    /** When this user may speak again, where they may not at that moment because they are muted. */
    public Optional<Instant> mutedUntil(String user, Instant now) {
        return restriction(user, now).filter(restriction -> restriction.kind() == Restriction.Kind.MUTED).flatMap(Restriction::until);
    }

    /** Somebody as the room knows them; of whom it does not know, the id is the name. */
    User person(String user) {
        return member(user).map(Member::user).or(() -> Optional.ofNullable(restrictions.get(user)).map(Restriction::user))
                .orElseGet(() -> new User(user, user));
    }

    /** This view after events that follow it; those that it holds already change nothing, and a hole is a defect. */
    public RoomView after(List<RoomEvent> events) {
        RoomView view = this;
        for (RoomEvent event : events) {
            view = view.after(event);
        }
        return view;
    }

    /** This view after the next event. */
    public RoomView after(RoomEvent event) {
        if (event.offset() <= offset) {
            return this;
        }
        if (event.offset() != offset + 1) {
            throw new IllegalStateException("Room " + id + " is at " + offset + " and can't apply event " + event.offset());
        }
        Change change = event.change();
        RoomProfile newProfile = change instanceof Change.RoomUpdated updated ? updated.profile() : profile;
        return new RoomView(id, epoch, event.offset(), newProfile, membersAfter(event), restraintsAfter(change),
                closed || change instanceof Change.RoomClosed);
    }

    private Map<String, Member> membersAfter(RoomEvent event) {
        return switch (event.change()) {
            case Change.MemberJoined joined -> with(members, joined.user().id(), new Member(joined.user(), joined.role(), event.offset()));
            case Change.MemberLeft left -> with(members, left.user().id(), null);
            case Change.MemberRole changed -> withRole(changed);
            case Change.MemberMuted muted -> members;
            case Change.MemberUnmuted unmuted -> members;
            case Change.MessagePosted posted -> members;
            case Change.RoomUpdated updated -> members;
            case Change.RoomClosed closing -> members;
        };
    }

    private Map<String, Member> withRole(Change.MemberRole changed) {
        Member member = members.get(changed.user().id());
        if (member == null) {
            return members;
        }
        return with(members, changed.user().id(),
                changed.role() == Role.BANNED ? null : new Member(member.user(), changed.role(), member.since()));
    }

    private Map<String, Restriction> restraintsAfter(Change change) {
        String user = Restriction.concerned(change).map(User::id).orElse(null);
        if (user == null) {
            return restrictions;
        }
        Restriction before = restrictions.get(user);
        Restriction after = Restriction.after(Optional.ofNullable(before), change).orElse(null);
        return Objects.equals(before, after) ? restrictions : with(restrictions, user, after);
    }

    // Null takes out.
    private static <T> Map<String, T> with(Map<String, T> all, String user, T one) {
        Map<String, T> changed = new HashMap<>(all);
        if (one == null) {
            changed.remove(user);
        } else {
            changed.put(user, one);
        }
        return Collections.unmodifiableMap(changed);
    }
}
