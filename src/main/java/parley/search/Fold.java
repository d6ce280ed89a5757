package parley.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import parley.document.DocumentTexts;
import parley.message.MessagePlace;
import parley.protocol.DocumentChange;
import parley.protocol.Message;
import parley.protocol.MessageChange;
import parley.protocol.Position;
import parley.protocol.RoomChange;
import parley.protocol.RoomEvent;

/**
 * Brings an index to where the rooms' logs are. It reads before it writes: if the database fails, the index stays as it was, and {@link
 * #compare} finds what is missing. An {@link IOException} means that the index can't be used any more. For one thread.
 */
final class Fold {

    /** The most events that one step reads. */
    static final int STEP = 1_000;
    private static final int ROOMS_AT_ONCE = 5_000;
    /** Texts of files whose places are read together. */
    private static final int CONTENTS_AT_ONCE = 200;
    /** Documents that are read together: their texts have at most a million characters. */
    private static final int DOCUMENTS_AT_ONCE = 10;

    private final SearchIndex index;
    private final Logs logs;
    /** Rooms whose logs have to be read. */
    private final Set<String> behind = new LinkedHashSet<>();
    /** The offset before which the index has nothing, of rooms that don't keep everything. */
    private final Map<String, Long> forgotten = new HashMap<>();
    /** Rooms whose retention may have changed: a room that keeps everything now may have removed messages before. */
    private final Set<String> changed = new HashSet<>();
    /** Where the logs ended of rooms that are read from the beginning: what was rewritten before is read as it is now. */
    private final Map<String, Long> readAgain = new HashMap<>();
    private boolean compared;
    private boolean contentsWait;
    private boolean documentsWait;

    Fold(SearchIndex index, Logs logs) {
        this.index = index;
        this.logs = logs;
    }

    /** Whether the logs may have messages, or files or documents texts, that the index lacks. */
    boolean isBehind() {
        return !compared || !behind.isEmpty() || contentsWait || documentsWait;
    }

    /** How many rooms wait for their logs to be read. */
    int roomsBehind() {
        return behind.size();
    }

    /** Takes news. Rooms whose news don't follow their positions are behind. */
    void take(Map<String, Pending.News> news) throws IOException {
        for (Map.Entry<String, Pending.News> room : news.entrySet()) {
            if (behind.contains(room.getKey()) || !take(room.getKey(), room.getValue())) {
                behind.add(room.getKey());
            }
        }
    }

    private boolean take(String room, Pending.News news) throws IOException {
        if (news.isInLog() || news.events().stream().anyMatch(Fold::rewrites)) {
            return false;
        }
        Position known = index.positions().getOrDefault(room, new Position(news.head().epoch(), 0));
        if (!known.epoch().equals(news.head().epoch()) || known.offset() < news.after()) {
            return false;
        }
        if (known.offset() < news.head().offset()) {
            apply(room, news.head(), news.events().stream().filter(event -> event.offset() > known.offset()).toList());
        }
        return true;
    }

    /** Compares all positions with the heads of the logs. Rooms that are closed or gone leave the index. */
    void compare() throws IOException {
        Set<String> gone = new HashSet<>(index.positions().keySet());
        Map<String, Position> page = logs.heads("", ROOMS_AT_ONCE);
        while (!page.isEmpty()) {
            String last = "";
            for (Map.Entry<String, Position> room : page.entrySet()) {
                last = room.getKey();
                gone.remove(last);
                Position known = index.positions().get(last);
                if (known == null ? room.getValue().offset() > 0 : !isAt(known, room.getValue())) {
                    behind.add(last);
                }
            }
            page = logs.heads(last, ROOMS_AT_ONCE);
        }
        for (String room : gone) {
            drop(room);
        }
        if (!compared) {
            // They may have removed messages while this instance was stopped, and keep everything now.
            changed.addAll(index.positions().keySet());
        }
        compared = true;
    }

    // News may have moved a position past a head that was read before.
    private static boolean isAt(Position known, Position head) {
        return known.epoch().equals(head.epoch()) && known.offset() >= head.offset();
    }

    /**
     * Takes the texts of files that were stored since the last time, while this says so. Call it before the first log is read: a message
     * that is read later comes with the texts of its files.
     */
    void takeContents(BooleanSupplier goesOn) throws IOException {
        long head = logs.contentsHead();
        long known = index.contents().orElse(head);
        // A database that lost texts gives their positions again.
        index.contentsMoved(known > head ? 0 : known);
        while (index.contents().getAsLong() < head && goesOn.getAsBoolean()) {
            List<Logs.NewContent> some = logs.contentsAfter(index.contents().getAsLong(), CONTENTS_AT_ONCE);
            for (Logs.NewContent one : some) {
                takeContent(one.message());
                index.contentsMoved(one.position());
            }
            if (some.size() < CONTENTS_AT_ONCE) {
                index.contentsMoved(Math.max(head, index.contents().getAsLong()));
            }
        }
        contentsWait = index.contents().getAsLong() < head;
    }

    // A message past the room's position is read from the log later.
    private void takeContent(MessagePlace place) throws IOException {
        Position known = index.positions().get(place.room());
        if (known == null || known.offset() < place.offset()) {
            return;
        }
        Message message = logs.messages(List.of(place)).get(place);
        if (message != null && !message.deleted()) {
            index.replace(place.room(), message, logs.contents(message));
        }
    }

    /**
     * Takes the texts of documents that were stored since the last time, while this says so. Call it before the first log is read: the
     * documents of a room are read with the beginning of its log.
     */
    void takeDocuments(BooleanSupplier goesOn) throws IOException {
        long head = logs.documentsHead();
        long known = index.documents().orElse(head);
        // A database that lost texts gives their positions again.
        index.documentsMoved(known > head ? 0 : known);
        while (index.documents().getAsLong() < head && goesOn.getAsBoolean()) {
            List<DocumentTexts.Given> some = logs.documentsAfter(index.documents().getAsLong(), DOCUMENTS_AT_ONCE);
            takeDocuments(some.stream().map(DocumentTexts.Given::document).toList());
            index.documentsMoved(some.size() < DOCUMENTS_AT_ONCE ? Math.max(head, index.documents().getAsLong())
                    : some.getLast().position());
        }
        documentsWait = index.documents().getAsLong() < head;
    }

    // As they are now.
    private void takeDocuments(List<String> documents) throws IOException {
        for (int at = 0; at < documents.size(); at += DOCUMENTS_AT_ONCE) {
            List<String> some = documents.subList(at, Math.min(documents.size(), at + DOCUMENTS_AT_ONCE));
            Set<String> gone = new HashSet<>(some);
            for (DocumentTexts.Text document : logs.documents(some)) {
                gone.remove(document.document());
                index.replace(document);
            }
            for (String document : gone) {
                index.removeDocument(document);
            }
        }
    }

    /** Reads logs of rooms that are behind, a step at a time, while this says so. */
    void catchUp(BooleanSupplier goesOn) throws IOException {
        while (!behind.isEmpty() && goesOn.getAsBoolean()) {
            List<String> some = behind.stream().limit(ROOMS_AT_ONCE / 50).toList();
            Map<String, Position> heads = logs.heads(some);
            for (String room : some) {
                if (!goesOn.getAsBoolean()) {
                    return;
                }
                if (step(room, heads.get(room))) {
                    behind.remove(room);
                }
            }
        }
    }

    // Whether the room is where its head was. A log with another epoch may have lost events that the index holds.
    private boolean step(String room, Position head) throws IOException {
        Position known = index.positions().get(room);
        if (head == null || known != null && !known.epoch().equals(head.epoch())) {
            drop(room);
            known = null;
        }
        if (head == null) {
            return true;
        }
        long after = known == null ? 0 : known.offset();
        if (after == 0) {
            readAgain.put(room, head.offset());
        }
        List<RoomEvent> events = logs.events(room, after, STEP);
        long current = readAgain.getOrDefault(room, 0L);
        if (events.stream().anyMatch(event -> rewrites(event) && event.offset() > current)) {
            drop(room);
            return false;
        }
        long last = events.isEmpty() ? after : events.getLast().offset();
        boolean complete = events.size() < STEP;
        if (after == 0) {
            takeDocuments(logs.documentsIn(room));
        }
        apply(room, new Position(head.epoch(), complete ? Math.max(head.offset(), last) : last), events);
        if (complete) {
            readAgain.remove(room);
        }
        return complete;
    }

    // Whatever the index holds of earlier messages may name a person who was erased.
    private static boolean rewrites(RoomEvent event) {
        return event.change() instanceof RoomChange.Rewritten;
    }

    private void drop(String room) throws IOException {
        index.removeRoom(room);
        forgotten.remove(room);
    }

    /** Removes the messages that retention removed from the logs. */
    void forget() throws IOException {
        List<String> some = changed.stream().limit(ROOMS_AT_ONCE).toList();
        forget(some);
        some.forEach(changed::remove);
        List<String> page = List.copyOf(logs.forgetful("", ROOMS_AT_ONCE));
        while (!page.isEmpty()) {
            forget(page);
            page = List.copyOf(logs.forgetful(page.getLast(), ROOMS_AT_ONCE));
        }
    }

    private void forget(List<String> rooms) throws IOException {
        List<String> known = rooms.stream().filter(index.positions()::containsKey).toList();
        Map<String, Long> oldest = logs.oldest(known);
        for (String room : known) {
            forgetBefore(room, oldest.getOrDefault(room, index.positions().get(room).offset() + 1));
        }
    }

    private void forgetBefore(String room, long offset) throws IOException {
        Long before = forgotten.put(room, offset);
        if ((before == null || before < offset) && index.holdsBefore(room, offset)) {
            index.removeBefore(room, offset);
        }
    }

    private void apply(String room, Position to, List<RoomEvent> events) throws IOException {
        if (events.stream().anyMatch(event -> event.change() instanceof RoomChange.Closed)) {
            drop(room);
            return;
        }
        if (events.stream().anyMatch(event -> event.change() instanceof RoomChange)) {
            changed.add(room);
        }
        Set<MessagePlace> touched = new LinkedHashSet<>();
        Set<String> documents = new LinkedHashSet<>();
        List<Message> posted = new ArrayList<>();
        for (RoomEvent event : events) {
            switch (event.change()) {
                case MessageChange.Posted post when !post.deleted() -> posted.add(message(event, post));
                case MessageChange.Edited edited -> {
                    touched.add(new MessagePlace(room, edited.message()));
                    // It may leave out a file, whose words must leave too.
                    index.erased();
                }
                case MessageChange.Restored restored -> touched.add(new MessagePlace(room, restored.message()));
                case MessageChange.Deleted deleted -> touched.add(new MessagePlace(room, deleted.message()));
                case MessageChange.Pinned pinned -> touched.add(new MessagePlace(room, pinned.message()));
                case MessageChange.Unpinned unpinned -> touched.add(new MessagePlace(room, unpinned.message()));
                case DocumentChange change -> documents.add(change.document());
                default -> { }
            }
        }
        takeDocuments(List.copyOf(documents));
        write(room, to, posted, touched, touched.isEmpty() ? Map.of() : logs.messages(touched));
    }

    private void write(String room, Position to, List<Message> posted, Collection<MessagePlace> touched,
                       Map<MessagePlace, Message> present) throws IOException {
        try {
            for (Message message : posted) {
                if (!touched.contains(new MessagePlace(room, message.offset()))) {
                    index.add(room, message, logs.contents(message));
                }
            }
            for (MessagePlace place : touched) {
                Message message = present.get(place);
                if (message == null || message.deleted()) {
                    index.remove(place);
                } else {
                    index.replace(room, message, logs.contents(message));
                }
            }
            index.moved(room, to);
        } catch (RuntimeException failed) {
            // A part of the events may be in the index already. Texts of files are read one message at a time, because they are large.
            throw new IOException(failed);
        }
    }

    private static Message message(RoomEvent event, MessageChange.Posted posted) {
        return new Message(event.offset(), event.by(), event.at(), posted.text(), posted.key(), posted.thread(), posted.also(),
                posted.mentions(), posted.everyone(), Optional.empty(), false, false, List.of(), Optional.empty(), posted.files());
    }
}
