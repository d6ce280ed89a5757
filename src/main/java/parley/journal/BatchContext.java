package parley.journal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import parley.protocol.AttachedFile;
import parley.protocol.MessageChange;
import parley.protocol.Problem;
import parley.protocol.Retention;
import parley.protocol.RoomEvent;
import parley.room.DecisionContext;
import parley.room.DocumentHead;
import parley.room.ExactMessage;
import parley.room.Quotas;
import parley.room.RoomView;
import parley.room.Verdict;

/** The decision context within a batch: the context before the batch, the messages of the batch so far, and quotas. */
final class BatchContext implements DecisionContext {

    private record Post(String room, String author, String key) {}

    private final DecisionContext before;
    private final DecisionContexts contexts;
    private final Quotas quotas;
    private final Runnable storePending;
    private final DocumentsOfBatch documents;
    private final Map<Post, Long> posts = new HashMap<>();
    private final Set<String> attached = new HashSet<>();
    /** By room, the events of messages that may not be in the tables yet. */
    private final Map<String, List<RoomEvent>> messageEvents = new HashMap<>();

    /**
     * @param documents null if nothing of the batch concerns documents
     * @param storePending writes the events of this batch so far to the tables
     */
    BatchContext(DecisionContext before, DecisionContexts contexts, Quotas quotas, DocumentsOfBatch documents, Runnable storePending) {
        this.documents = documents;
        this.before = before;
        this.contexts = contexts;
        this.quotas = quotas;
        this.storePending = storePending;
    }

    @Override
    public boolean mayOwnAnother(String user) {
        return quotas.mayOwnAnother(user);
    }

    @Override
    public boolean mayJoinAnother(String user) {
        return quotas.mayJoinAnother(user);
    }

    @Override
    public Optional<Problem> keeping(Retention retention) {
        return quotas.keeping(retention);
    }

    void remember(RoomEvent event) {
        if (event.change() instanceof MessageChange) {
            messageEvents.computeIfAbsent(event.room(), room -> new ArrayList<>()).add(event);
        }
        if (event.change() instanceof MessageChange.Posted posted) {
            posts.put(new Post(event.room(), event.by().id(), posted.key()), event.offset());
            posted.files().forEach(file -> attached.add(file.id()));
        }
        if (event.change() instanceof MessageChange.Edited edited) {
            edited.files().forEach(file -> attached.add(file.id()));
        }
    }

    @Override
    public OptionalLong posted(RoomView room, String author, String key) {
        Long here = posts.get(new Post(room.id(), author, key));
        return here != null ? OptionalLong.of(here) : before.posted(room, author, key);
    }

    @Override
    public OptionalLong postedEver(RoomView room, String author, String key) {
        Long here = posts.get(new Post(room.id(), author, key));
        return here != null ? OptionalLong.of(here) : before.postedEver(room, author, key);
    }

    @Override
    public List<AttachedFile> attachable(RoomView room, String owner, List<String> ids) {
        return before.attachable(room, owner, ids.stream().filter(Predicate.not(attached::contains)).toList());
    }

    @Override
    public Optional<ExactMessage> message(RoomView room, long offset) {
        return of(room, event -> event.concerns(offset)).message(room, offset);
    }

    @Override
    public int pins(RoomView room) {
        return of(room, event -> MessageChange.PIN_TYPES.contains(event.change().type())).pins(room);
    }

    @Override
    public Optional<Instant> lastPosted(RoomView room, String author, Instant since) {
        return messageEvents.getOrDefault(room.id(), List.of()).reversed().stream()
                .filter(event -> event.change() instanceof MessageChange.Posted && event.by().id().equals(author)).findFirst()
                .map(RoomEvent::at).or(() -> before.lastPosted(room, author, since));
    }

    // A room that stores nothing has its messages in memory. The tables of all others lack what this batch has not written yet.
    private DecisionContext of(RoomView room, Predicate<RoomEvent> matters) {
        List<RoomEvent> batch = messageEvents.getOrDefault(room.id(), List.of());
        if (room.profile().retention().equals(Retention.NONE)) {
            return contexts.inMemory(batch);
        }
        if (batch.stream().anyMatch(matters)) {
            storePending.run();
            messageEvents.remove(room.id());
        }
        return before;
    }

    @Override
    public Verdict verdict(RoomView room, String text) {
        return before.verdict(room, text);
    }

    @Override
    public Optional<DocumentHead> document(RoomView room, String id) {
        return documents.find(room.id(), id);
    }

    @Override
    public OptionalLong updated(String document, String author, String key) {
        return documents.version(document, author, key);
    }

    @Override
    public int documents(RoomView room) {
        return documents.count(room.id());
    }

    @Override
    public boolean mayOpenAnotherDirectRoom(String user) {
        return quotas.mayOpenAnotherDirectRoom(user);
    }

    @Override
    public boolean isBlocked(String by, String user) {
        return before.isBlocked(by, user);
    }

    // Rooms that this batch created are already rows in its transaction, so the context before the batch finds them.
    @Override
    public boolean isNameTaken(String room, String name) {
        return before.isNameTaken(room, name);
    }
}
