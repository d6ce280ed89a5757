package parley.notify;

import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import parley.protocol.CallChange;
import parley.protocol.DocumentChange;
import parley.protocol.Level;
import parley.protocol.MemberChange;
import parley.protocol.MessageChange;
import parley.protocol.RoomChange;
import parley.protocol.RoomEvent;
import parley.protocol.RoomKind;
import parley.protocol.User;
import parley.protocol.Why;
import parley.room.RoomPolicy;
import parley.room.RoomView;

/** Decides whom an event notifies, and why. Pure. */
final class Deciding {

    private Deciding() {
    }

    /**
     * Whether an event can notify anyone, or withdraw what notified. The answer for other events is always that nobody is notified.
     *
     * @param isKeyword finds out whether a text contains anyone's keyword
     */
    static boolean matters(RoomView room, RoomEvent event, Predicate<String> isKeyword) {
        return switch (event.change()) {
            case MessageChange.Posted posted -> posted.everyone() || !posted.mentions().isEmpty() || posted.thread() > 0
                    || isDirect(room) || isKeyword.test(posted.text());
            case MessageChange.Edited edited -> !edited.mentions().isEmpty();
            case MessageChange.Deleted deleted -> true;
            case MessageChange other -> false;
            case MemberChange.Muted muted -> false;
            case MemberChange.Unmuted unmuted -> false;
            case MemberChange member -> true;
            case RoomChange change -> change instanceof RoomChange.Closed;
            case DocumentChange document -> false;
            case CallChange call -> call instanceof CallChange.Started;
        };
    }

    /**
     * The people whom an event may concern, each with all reasons. Leaves out the actor and people who can't read the room.
     *
     * @param room the room after the event
     * @param threadPeople ids of the people of the thread that the event replies to
     * @param keywordPeople ids of people who have a keyword in the text
     */
    static Map<String, EnumSet<Why>> candidates(RoomView room, RoomEvent event, Collection<String> threadPeople,
                                                Collection<String> keywordPeople, Instant now) {
        Map<String, EnumSet<Why>> found = new HashMap<>();
        switch (event.change()) {
            case MessageChange.Posted posted when !posted.deleted() -> {
                add(found, Why.MENTION, posted.mentions());
                add(found, Why.MENTION, posted.everyone() ? room.members().byId().keySet() : Set.of());
                add(found, Why.REPLY, members(room, threadPeople));
                add(found, Why.DIRECT, isDirect(room) ? room.members().byId().keySet() : Set.of());
                add(found, Why.KEYWORD, members(room, keywordPeople));
            }
            case MessageChange.Edited edited when !edited.deleted() -> add(found, Why.MENTION, edited.mentions());
            // A direct room notifies with its first message.
            case MemberChange.Joined joined when !isDirect(room) -> add(found, Why.INVITED, Set.of(joined.user().id()));
            case CallChange.Started started when room.members().size() <= RoomPolicy.MOST_MENTIONED ->
                    add(found, Why.CALL, room.members().byId().keySet());
            default -> { }
        }
        found.remove(event.by().id());
        found.keySet().removeIf(person -> !RoomPolicy.maySee(room, person, now));
        return found;
    }

    /** The reason for which a person is notified; empty if the person does not want to be notified now. */
    static Optional<Why> decide(EnumSet<Why> reasons, Attention attention, RoomView room, User by, Instant now) {
        if (attention.busy() || attention.blocked().contains(by.id())
                || attention.quiet().filter(quiet -> quiet.contain(now)).isPresent()) {
            return Optional.empty();
        }
        Level level = attention.level().orElse(isDirect(room) ? Level.ALL : Level.MENTIONS);
        return reasons.stream().filter(why -> allows(level, why)).findFirst();
    }

    private static boolean allows(Level level, Why why) {
        return why == Why.INVITED || switch (level) {
            case ALL -> true;
            case MENTIONS -> why != Why.DIRECT;
            case NOTHING -> false;
        };
    }

    private static void add(Map<String, EnumSet<Why>> found, Why why, Collection<String> people) {
        people.forEach(person -> found.computeIfAbsent(person, first -> EnumSet.noneOf(Why.class)).add(why));
    }

    private static Collection<String> members(RoomView room, Collection<String> people) {
        return people.stream().filter(person -> room.member(person).isPresent()).toList();
    }

    static boolean isDirect(RoomView room) {
        return room.profile().kind() == RoomKind.DIRECT;
    }
}
