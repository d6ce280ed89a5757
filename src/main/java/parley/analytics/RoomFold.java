package parley.analytics;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Counts the events of a room in the order of its log. It changes only its own fields, and is for one thread.
 *
 * <p>An answer is a message after one of another person, at most a day later: in the room, the message before it; in a thread, its first
 * message, which nobody else answered before.
 */
final class RoomFold {

    /** A later message is no answer. */
    static final Duration LONGEST_DELAY = Duration.ofDays(1);
    static final long DAY_MILLIS = Duration.ofDays(1).toMillis();

    /**
     * What was read of a room.
     *
     * @param day the last day that has the room among its active ones; -1 for none
     * @param author of the last message that the room shows
     * @param postedAt when that was; 0 for none
     */
    record Place(long offset, long day, long author, long postedAt) {

        static final Place START = new Place(0, -1, 0, 0);
    }

    /** What happened, as far as it counts. */
    enum Kind { POSTED, ACTED, OTHER }

    /**
     * An event of the log.
     *
     * @param actor a hash of the id; 0 for a program
     * @param reply whether it is in a thread
     * @param answers when the message was posted that it is the first answer to, in the thread; 0 for none
     */
    record Event(long offset, Kind kind, long actor, long at, boolean reply, long answers) {}

    /** What a day gained. */
    static final class Gain {
        long messages;
        int rooms;
        final SortedMap<Integer, Long> answers = new TreeMap<>();
        /** The active people, and whether they answered. */
        final Map<Long, Boolean> people = new HashMap<>();
    }

    private final long firstDay;
    private final SortedMap<Long, Gain> gains = new TreeMap<>();
    private long offset;
    private long day;
    private long author;
    private long postedAt;

    /** Days before {@code firstDay} are counted already, or too old. */
    RoomFold(Place from, long firstDay) {
        this.firstDay = firstDay;
        offset = from.offset;
        day = from.day;
        author = from.author;
        postedAt = from.postedAt;
    }

    static long dayOf(long millis) {
        return Math.floorDiv(millis, DAY_MILLIS);
    }

    void add(Event event) {
        offset = event.offset;
        if (event.kind == Kind.OTHER || event.actor == 0) {
            return;
        }
        long on = dayOf(event.at);
        Gain gain = on < firstDay ? new Gain() : gains.computeIfAbsent(on, first -> new Gain());
        gain.people.putIfAbsent(event.actor, false);
        if (event.kind == Kind.POSTED) {
            posted(event, on, gain);
        }
    }

    private void posted(Event event, long on, Gain gain) {
        gain.messages++;
        if (on > day) {
            day = on;
            gain.rooms++;
        }
        long asked = event.reply ? event.answers : author == event.actor ? 0 : postedAt;
        if (asked > 0 && event.at >= asked && event.at - asked <= LONGEST_DELAY.toMillis()) {
            gain.answers.merge(Delays.bucket(event.at - asked), 1L, Long::sum);
            gain.people.put(event.actor, true);
        }
        if (!event.reply) {
            author = event.actor;
            postedAt = event.at;
        }
    }

    /** How far the room is read now. */
    Place place() {
        return new Place(offset, day, author, postedAt);
    }

    /** What each day gained. */
    SortedMap<Long, Gain> gains() {
        return gains;
    }
}
