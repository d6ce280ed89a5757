package parley.room;

import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;
import parley.protocol.Role;

/**
 * The members of a room. Immutable: a change takes O(log n) time and shares the rest with the members before it.
 *
 * @param byId by user id, in the order of the ids; at most {@link RoomPolicy#MOST_MEMBERS}
 * @param owners how many of them are owners
 */
public record Members(PSortedMap<String, Member> byId, int owners) {

    /** No members. */
    public static final Members NONE = new Members(TreePMap.empty(), 0);

    /** How many there are. */
    public int size() {
        return byId.size();
    }

    /** Adds a member, or replaces the one of the same user id. */
    Members with(Member member) {
        String id = member.user().id();
        return new Members(byId.plus(id, member), owners - ownersOf(id) + (member.role() == Role.OWNER ? 1 : 0));
    }

    /** Removes the member of this user id, if there is one. */
    Members without(String id) {
        return new Members(byId.minus(id), owners - ownersOf(id));
    }

    private int ownersOf(String id) {
        Member member = byId.get(id);
        return member != null && member.role() == Role.OWNER ? 1 : 0;
    }
}
