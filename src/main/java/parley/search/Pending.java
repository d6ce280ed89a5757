package parley.search;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import parley.journal.Committed;
import parley.journal.LoggedFrame;
import parley.protocol.MessageChange;
import parley.protocol.Position;
import parley.protocol.Retention;
import parley.protocol.RoomChange;
import parley.protocol.RoomEvent;

/**
 * What was committed and is not in the index yet, by room. Beyond a number of characters, only the rooms are known and their events are
 * read from the log; beyond a number of rooms, all rooms are compared with their logs. Thread-safe; never waits.
 */
final class Pending {

    /** The most characters of frames that are held. */
    static final long MOST_CHARACTERS = 8 << 20;
    /** The most rooms that are held. */
    static final int MOST_ROOMS = 100_000;

    /**
     * The news of a room: the events after an offset, up to a head, or that they have to be read from the log.
     *
     * @param head null if the log has to be read
     */
    record News(long after, Position head, List<RoomEvent> events) {

        static final News IN_LOG = new News(0, null, List.of());

        boolean isInLog() {
            return head == null;
        }

        private boolean isFollowedBy(Committed.RoomBatch batch) {
            return !isInLog() && head.epoch().equals(batch.view().epoch()) && batch.events().getFirst().offset() == head.offset() + 1;
        }
    }

    /**
     * All news since the last time.
     *
     * @param lost whether there was more
     */
    record All(Map<String, News> rooms, boolean lost) {}

    private Map<String, News> rooms = new HashMap<>();
    private long characters;
    private boolean lost;

    /** Events were committed, here or on another instance. */
    synchronized void add(Committed.RoomBatch batch) {
        long size = 0;
        for (LoggedFrame frame : batch.frames()) {
            size += frame.frame().text().length();
        }
        String room = batch.view().id();
        News before = rooms.get(room);
        // The log knows which messages are stored around a change of the retention.
        boolean changed = batch.events().stream().anyMatch(event -> event.change() instanceof RoomChange);
        if (changed || characters + size > MOST_CHARACTERS || before != null && !before.isFollowedBy(batch)) {
            readLog(room);
        } else if (before == null && rooms.size() >= MOST_ROOMS) {
            lost = true;
        } else {
            characters += size;
            List<RoomEvent> events = before == null ? new ArrayList<>() : before.events;
            batch.events().stream().filter(event -> isStored(event, batch)).forEach(events::add);
            rooms.put(room, new News(before == null ? batch.events().getFirst().offset() - 1 : before.after, batch.view().position(),
                    events));
        }
    }

    /** The log of a room went on. */
    synchronized void readLog(String room) {
        if (rooms.containsKey(room) || rooms.size() < MOST_ROOMS) {
            rooms.put(room, News.IN_LOG);
        } else {
            lost = true;
        }
    }

    /** How many characters are held. */
    synchronized long characters() {
        return characters;
    }

    /** Takes all news. */
    synchronized All take() {
        All all = new All(rooms, lost);
        rooms = new HashMap<>();
        characters = 0;
        lost = false;
        return all;
    }

    // Messages of a room that stores none are not searched.
    private static boolean isStored(RoomEvent event, Committed.RoomBatch batch) {
        return !(event.change() instanceof MessageChange.Posted) || !batch.view().profile().retention().equals(Retention.NONE);
    }
}
