package parley.reading;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in the list of a person's rooms. The list is in the order of the newest messages as of the time of its first page. So new
 * messages, and rooms that the person leaves or joins meanwhile, make no later page repeat or skip a room.
 *
 * @param asOf the time of the first page, in milliseconds
 * @param at of the newest message of the last room before this place, in milliseconds
 * @param room that room
 */
record RoomCursor(long asOf, long at, String room) {

    /**
     * A room of the list.
     *
     * @param at of its newest message, or of its creation, in milliseconds
     */
    record Listed(String room, long at) {}

    private static final Comparator<Listed> ORDER = Comparator.comparingLong(Listed::at).reversed().thenComparing(Listed::room);
    // A room id has no period.
    private static final Pattern TEXT = Pattern.compile("([0-9]{1,18})\\.([0-9]{1,18})\\.([A-Za-z0-9_-]{1,64})");

    /** The cursor of this text; empty if it is none. */
    static Optional<RoomCursor> of(String text) {
        Matcher matcher = TEXT.matcher(text);
        return matcher.matches() ? Optional.of(new RoomCursor(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)),
                matcher.group(3))) : Optional.empty();
    }

    String text() {
        return asOf + "." + at + "." + room;
    }

    /** The rooms after this place, in their order. */
    List<Listed> after(List<Listed> rooms) {
        Listed last = new Listed(room, at);
        return rooms.stream().sorted(ORDER).filter(each -> ORDER.compare(each, last) > 0).toList();
    }

    /** These rooms in their order. */
    static List<Listed> sorted(List<Listed> rooms) {
        return rooms.stream().sorted(ORDER).toList();
    }
}
