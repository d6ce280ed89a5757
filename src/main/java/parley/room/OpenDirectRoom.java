package parley.room;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import parley.identity.Actor;
import parley.protocol.Change;
import parley.protocol.MemberChange;
import parley.protocol.Problem;
import parley.protocol.Retention;
import parley.protocol.Role;
import parley.protocol.RoomChange;
import parley.protocol.RoomKind;
import parley.protocol.RoomProfile;
import parley.protocol.User;

/**
 * Opens the direct room of these people, who all become members. Changes nothing if it exists: its id is a hash of their ids, so the same
 * people have one room, also if they open it on two instances at the same time.
 *
 * @param people 2 to {@value #MOST}, the actor included
 */
public record OpenDirectRoom(Actor by, List<User> people) implements Proposal {

    /** The most people of a direct room. */
    public static final int MOST = 9;

    private static final String PREFIX = "direct-";
    private static final int LENGTH = PREFIX.length() + 43;
    private static final RoomProfile PROFILE = new RoomProfile("", RoomKind.DIRECT, "", Retention.FOREVER);

    public OpenDirectRoom {
        people = people.stream().sorted(Comparator.comparing(User::id)).toList();
    }

    /** Whether this id could be that of a direct room, so that no other room may have it. */
    public static boolean isReserved(String room) {
        return room.length() == LENGTH && room.startsWith(PREFIX);
    }

    @Override
    public String room() {
        return idOf(people.stream().map(User::id).collect(Collectors.toSet()));
    }

    @Override
    public Decision decide(RoomView view, DecisionContext context, Instant now) {
        return view.isDirect() && RoomPolicy.maySee(view, by.id(), now) ? new Decision.Already(view.offset())
                : new Decision.Refused(Problem.noSuchRoom());
    }

    @Override
    public Decision decideWithoutRoom(DecisionContext context) {
        if (!context.mayOpenAnotherDirectRoom(by.id())) {
            return new Decision.Refused(RoomPolicy.tooManyRooms());
        }
        // A room of two may be opened: what the blocked person writes there is refused.
        if (people.size() > 2 && people.stream().anyMatch(other -> !other.id().equals(by.id()) && context.isBlocked(other.id(), by.id()))) {
            return new Decision.Refused(Problem.forbidden("You can't write to one of these people."));
        }
        List<Change> changes = new ArrayList<>(List.of(new RoomChange.Updated(PROFILE)));
        people.forEach(user -> changes.add(new MemberChange.Joined(user, Role.MEMBER)));
        return new Decision.Changes(changes);
    }

    // No id has a line break, so different people never give the same text.
    static String idOf(Collection<String> people) {
        Set<String> sorted = new TreeSet<>(people);
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(String.join("\n", sorted).getBytes(StandardCharsets.UTF_8));
            return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }
}
