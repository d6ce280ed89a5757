package parley.room;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parley.protocol.Change;
import parley.protocol.Position;
import parley.protocol.Retention;
import parley.protocol.Role;
import parley.protocol.RoomEvent;
import parley.protocol.RoomKind;
import parley.protocol.RoomProfile;

/**
 * A room as of an offset of its log: the fold of every event up to it. Immutable.
 *
 * @param offset the last event that is in it, 0 for none
 * @param members by user id, at most {@link RoomPolicy#MOST_MEMBERS}
 */
public record RoomView(String id, String epoch, long offset, RoomProfile profile, Map<String, Member> members) {

    // Until its first event says more, a room is nobody's to see.
    private static final RoomProfile UNNAMED = new RoomProfile("", RoomKind.PRIVATE, "", Retention.FOREVER);

    /** A room whose log is empty. */
    public static RoomView empty(String id, String epoch) {
        return new RoomView(id, epoch, 0, UNNAMED, Map.of());
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
        return switch (event.change()) {
            case Change.MessagePosted posted -> with(event.offset(), profile, members);
            case Change.RoomUpdated updated -> with(event.offset(), updated.profile(), members);
            case Change.MemberJoined joined -> with(event.offset(), profile,
                    joined(new Member(joined.user(), joined.role(), event.offset())));
            case Change.MemberLeft left -> with(event.offset(), profile, without(left.user().id()));
        };
    }

    private RoomView with(long at, RoomProfile newProfile, Map<String, Member> newMembers) {
        return new RoomView(id, epoch, at, newProfile, newMembers);
    }

    private Map<String, Member> joined(Member member) {
        Map<String, Member> all = new HashMap<>(members);
        all.put(member.user().id(), member);
        return Collections.unmodifiableMap(all);
    }

    private Map<String, Member> without(String user) {
        Map<String, Member> all = new HashMap<>(members);
        all.remove(user);
        return Collections.unmodifiableMap(all);
    }
}
