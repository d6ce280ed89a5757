package parley.search;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.pcollections.TreePMap;
import parley.document.DocumentTexts;
import parley.journal.Committed;
import parley.journal.LoggedFrame;
import parley.message.MessagePlace;
import parley.protocol.Change;
import parley.protocol.Codec;
import parley.protocol.DocumentChange;
import parley.protocol.Message;
import parley.protocol.MessageChange;
import parley.protocol.Position;
import parley.protocol.Retention;
import parley.protocol.RoomChange;
import parley.protocol.RoomEvent;
import parley.protocol.RoomKind;
import parley.protocol.RoomProfile;
import parley.protocol.User;
import parley.room.Members;
import parley.room.RoomView;

/** Rooms with their logs, as a database has them. */
final class FakeLogs implements Logs {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private static final class Log {
        private final String id;
        private String epoch = UUID.randomUUID().toString();
        private long head;
        private Retention retention = Retention.FOREVER;
        private boolean closed;
        private final TreeMap<Long, RoomEvent> events = new TreeMap<>();
        private final TreeMap<Long, Message> messages = new TreeMap<>();

        private Log(String id) {
            this.id = id;
        }

        private RoomProfile profile() {
            return new RoomProfile(id, RoomKind.PUBLIC, "", retention);
        }
    }

    private final TreeMap<String, Log> rooms = new TreeMap<>();
    private final TreeMap<Long, NewContent> contents = new TreeMap<>();
    private final Map<MessagePlace, String> textsOfFiles = new HashMap<>();
    private long contentsHead;
    private final TreeMap<String, DocumentTexts.Text> documents = new TreeMap<>();
    private final TreeMap<Long, String> given = new TreeMap<>();
    private long documentsHead;
    /** How often events were read. */
    private int reads;

    int reads() {
        return reads;
    }

    Committed.RoomBatch post(String room, String text) {
        return append(room, new MessageChange.Posted(text, UUID.randomUUID().toString(), 0, false, List.of(), false, false));
    }

    Committed.RoomBatch edit(String room, long message, String text) {
        return append(room, new MessageChange.Edited(message, text, List.of(), false));
    }

    /** A message has another text, in the log too, and a later event says that the log was rewritten. */
    Committed.RoomBatch rewrite(String room, long message, String text) {
        Log log = log(room);
        RoomEvent before = log.events.get(message);
        MessageChange.Posted posted = (MessageChange.Posted) before.change();
        RoomEvent now = new RoomEvent(room, message, before.at(), new User("erased-1", "Erased person"),
                new MessageChange.Posted(text, posted.key(), 0, false, List.of(), false, false));
        log.events.put(message, now);
        apply(log, now);
        return append(room, new RoomChange.Rewritten());
    }

    Committed.RoomBatch delete(String room, long message) {
        return append(room, new MessageChange.Deleted(message, 0));
    }

    Committed.RoomBatch pin(String room, long message) {
        return append(room, new MessageChange.Pinned(message));
    }

    Committed.RoomBatch close(String room) {
        return append(room, new RoomChange.Closed());
    }

    Committed.RoomBatch keep(String room, Retention retention) {
        Log log = log(room);
        return append(room, new RoomChange.Updated(new RoomProfile(log.id, RoomKind.PUBLIC, "", retention)));
    }

    /** A file of this message got a text. */
    void content(String room, long message, String text) {
        MessagePlace place = new MessagePlace(room, message);
        textsOfFiles.put(place, text);
        contentsHead++;
        contents.put(contentsHead, new NewContent(contentsHead, place));
    }

    /** The database lost the texts after a position. */
    void setContentsBack(long head) {
        contents.tailMap(head, false).clear();
        contentsHead = head;
    }

    /** A document of a room has this title and this text. */
    Committed.RoomBatch document(String room, String id, String title, String text) {
        boolean known = documents.put(id, new DocumentTexts.Text(id, room, title, text)) != null;
        given.put(++documentsHead, id);
        return append(room, known ? new DocumentChange.Renamed(id, title) : new DocumentChange.Created(id, title));
    }

    /** A document got another text. */
    void give(String id, String text) {
        DocumentTexts.Text known = documents.get(id);
        documents.put(id, new DocumentTexts.Text(id, known.room(), known.title(), text));
        given.put(++documentsHead, id);
    }

    Committed.RoomBatch deleteDocument(String room, String id) {
        documents.remove(id);
        return append(room, new DocumentChange.Deleted(id));
    }

    /** Retention removes the messages before an offset, with all events about messages before it. */
    void forget(String room, long before) {
        Log log = log(room);
        log.events.headMap(before).values().removeIf(event -> event.change() instanceof MessageChange);
        log.messages.headMap(before).clear();
    }

    /** The database lost the events after an offset, and the log has a new epoch. */
    void setBack(String room, long head) {
        Log log = log(room);
        log.epoch = UUID.randomUUID().toString();
        log.head = Math.min(log.head, head);
        log.events.tailMap(head, false).clear();
        log.messages.clear();
        log.retention = Retention.FOREVER;
        List.copyOf(log.events.values()).forEach(event -> apply(log, event));
    }

    void drop(String room) {
        rooms.remove(room);
    }

    long head(String room) {
        return log(room).head;
    }

    /** The texts that can be found now, by place. */
    Map<MessagePlace, String> texts() {
        Map<MessagePlace, String> texts = new HashMap<>();
        rooms.values().stream().filter(log -> !log.closed).forEach(log -> log.messages.forEach((offset, message) -> {
            if (!message.deleted()) {
                texts.put(new MessagePlace(log.id, offset), message.text());
            }
        }));
        return texts;
    }

    List<Long> messages(String room) {
        return log(room).messages.values().stream().filter(message -> !message.deleted()).map(Message::offset).toList();
    }

    private Log log(String room) {
        return rooms.computeIfAbsent(room, Log::new);
    }

    private Committed.RoomBatch append(String room, Change change) {
        Log log = log(room);
        RoomEvent event = new RoomEvent(room, ++log.head, START.plusSeconds(log.head), new User("alice", "Alice"), change);
        boolean stored = !(change instanceof MessageChange) || change instanceof MessageChange.Deleted
                || !log.retention.equals(Retention.NONE);
        if (stored) {
            log.events.put(log.head, event);
            apply(log, event);
        }
        RoomView view = new RoomView(room, log.epoch, log.head, log.profile(), Members.NONE, TreePMap.empty(), log.closed,
                Optional.empty());
        return new Committed.RoomBatch(view, List.of(event), List.of(new LoggedFrame(log.head, Codec.encode(event))));
    }

    private static void apply(Log log, RoomEvent event) {
        switch (event.change()) {
            case MessageChange.Posted posted -> log.messages.put(event.offset(), message(event, posted.text(), posted.deleted(), false));
            case MessageChange.Edited edited when !edited.deleted() -> change(log, edited.message(), edited.text(), false);
            case MessageChange.Deleted deleted -> {
                change(log, deleted.message(), "", true);
                redact(log, deleted.message());
            }
            case RoomChange.Updated updated -> log.retention = updated.profile().retention();
            case RoomChange.Closed closed -> log.closed = true;
            default -> { }
        }
    }

    private static void change(Log log, long offset, String text, boolean deleted) {
        log.messages.computeIfPresent(offset, (at, before) -> before.deleted() ? before
                : message(log.events.get(at), text, deleted, before.pinned()));
    }

    private static void redact(Log log, long message) {
        log.events.replaceAll((offset, event) -> event.change() instanceof MessageChange change
                && (offset == message || change instanceof MessageChange.Edited edited && edited.message() == message)
                ? new RoomEvent(event.room(), offset, event.at(), event.by(), change.redacted()) : event);
    }

    private static Message message(RoomEvent event, String text, boolean deleted, boolean pinned) {
        return new Message(event.offset(), event.by(), event.at(), text, "k", 0, false, List.of(), false, Optional.empty(), deleted, pinned,
                List.of(), Optional.empty());
    }

    @Override
    public Map<String, Position> heads(String after, int limit) {
        Map<String, Position> heads = new TreeMap<>();
        rooms.tailMap(after, false).values().stream().filter(log -> !log.closed).limit(limit)
                .forEach(log -> heads.put(log.id, new Position(log.epoch, log.head)));
        return heads;
    }

    @Override
    public Map<String, Position> heads(Collection<String> ids) {
        Map<String, Position> heads = heads("", Integer.MAX_VALUE);
        heads.keySet().retainAll(ids);
        return heads;
    }

    @Override
    public List<RoomEvent> events(String room, long after, int most) {
        reads++;
        return new ArrayList<>(log(room).events.tailMap(after, false).values()).stream().limit(most).toList();
    }

    @Override
    public Map<MessagePlace, Message> messages(Collection<MessagePlace> places) {
        Map<MessagePlace, Message> found = new HashMap<>();
        places.forEach(place -> Optional.ofNullable(log(place.room()).messages.get(place.offset()))
                .ifPresent(message -> found.put(place, message)));
        return found;
    }

    @Override
    public List<String> contents(Message message) {
        // Only one room has files.
        return textsOfFiles.entrySet().stream().filter(text -> text.getKey().offset() == message.offset())
                .map(Map.Entry::getValue).toList();
    }

    @Override
    public long contentsHead() {
        return contentsHead;
    }

    @Override
    public List<NewContent> contentsAfter(long position, int most) {
        return contents.tailMap(position, false).values().stream().limit(most).toList();
    }

    @Override
    public List<DocumentTexts.Text> documents(Collection<String> ids) {
        return ids.stream().filter(documents::containsKey).map(documents::get).toList();
    }

    @Override
    public List<String> documentsIn(String room) {
        return documents.values().stream().filter(one -> one.room().equals(room)).map(DocumentTexts.Text::document).toList();
    }

    @Override
    public long documentsHead() {
        return documentsHead;
    }

    @Override
    public List<DocumentTexts.Given> documentsAfter(long position, int most) {
        return given.tailMap(position, false).entrySet().stream().limit(most)
                .map(one -> new DocumentTexts.Given(one.getKey(), one.getValue())).toList();
    }

    @Override
    public Set<String> forgetful(String after, int limit) {
        Set<String> forgetful = new TreeSet<>();
        rooms.tailMap(after, false).values().stream().filter(log -> !log.retention.equals(Retention.FOREVER)).limit(limit)
                .forEach(log -> forgetful.add(log.id));
        return forgetful;
    }

    @Override
    public Map<String, Long> oldest(Collection<String> ids) {
        Map<String, Long> oldest = new HashMap<>();
        ids.forEach(id -> log(id).events.values().stream().filter(event -> event.change() instanceof MessageChange)
                .findFirst().ifPresent(event -> oldest.put(id, event.offset())));
        return oldest;
    }
}
