package parley.journal;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import parley.protocol.Change;
import parley.protocol.MessageChange;
import parley.protocol.RoomEvent;
import parley.protocol.User;
import parley.room.Projection;
import parley.room.RoomHead;
import parley.room.RoomHeads;
import parley.room.RoomView;
import parley.sql.Undo;

/** The transactions of {@link PastMessages}. The head of the room is locked, so what is not found is not stored. */
@ApplicationScoped
class PastCommit {

    @PersistenceContext(unitName = "parley")
    private EntityManager em;
    @Resource
    private TransactionSynchronizationRegistry transaction;
    @Inject
    private RoomHeads heads;
    @Inject
    private CatchingUp catchingUp;
    @Inject
    private StoredKeys keys;
    @Inject
    @Any
    private Instance<Projection> projections;

    /**
     * What was stored.
     *
     * @param view the room after it
     * @param added the number of messages
     */
    record Result(RoomView view, int added) {}

    /** The events of one transaction, and where its messages are. */
    private static final class Batch {
        private final GrowingLog log;
        private final Map<PostKey, Long> offsets;
        private final List<LogEntry.New> entries = new ArrayList<>();
        private int added;

        Batch(GrowingLog log, Map<PostKey, Long> offsets) {
            this.log = log;
            this.offsets = offsets;
        }

        long append(User by, Change change, Instant at) {
            LogEntry.New entry = log.append(by, change, at);
            entries.add(entry);
            return entry.event().offset();
        }

        void add(PastMessage message) {
            String room = log.view().id();
            if (offsets.containsKey(message.keyIn(room))) {
                return;
            }
            long thread = message.rootIn(room).map(offsets::get).orElse(0L);
            long offset = append(message.by(), new MessageChange.Posted(message.text(), message.key(), thread, message.also() && thread > 0,
                    message.mentions(), false, false, message.files()), message.at());
            offsets.put(message.keyIn(room), offset);
            added++;
            message.edited().ifPresent(at -> append(message.by(), new MessageChange.Edited(offset, message.text(), message.mentions(),
                    false, message.files()), at));
            message.reactions().forEach(reaction -> append(reaction.by(), new MessageChange.ReactionAdded(offset, reaction.emoji()),
                    message.at()));
            message.pinnedBy().ifPresent(by -> append(by, new MessageChange.Pinned(offset), message.at()));
        }
    }

    @Transactional(Transactional.TxType.REQUIRES_NEW)
    Set<PastMessages.Key> stored(String room, Collection<PastMessages.Key> wanted) {
        return keys.offsets(wanted.stream().map(key -> new PostKey(room, key.author(), key.key())).toList()).keySet().stream()
                .map(key -> new PastMessages.Key(key.author(), key.key())).collect(Collectors.toSet());
    }

    @Transactional(Transactional.TxType.REQUIRES_NEW)
    Result add(String room, List<PastMessage> messages) {
        return Undo.onError(transaction, () -> {
            RoomHead head = Optional.ofNullable(heads.lock(List.of(room)).get(room))
                    .orElseThrow(() -> new IllegalStateException("There is no room " + room));
            RoomView view = catchingUp.to(List.of(head)).views().get(room);
            Map<PostKey, Long> offsets = new HashMap<>(keys.offsets(messages.stream()
                    .flatMap(message -> Stream.concat(Stream.of(message.keyIn(room)), message.rootIn(room).stream())).distinct().toList()));
            Batch batch = new Batch(new GrowingLog(view, false), offsets);
            messages.forEach(batch::add);
            store(batch, head);
            return new Result(batch.log.view(), batch.added);
        });
    }

    private void store(Batch batch, RoomHead head) {
        if (batch.entries.isEmpty()) {
            // A commit would write to disk because of the lock.
            transaction.setRollbackOnly();
            return;
        }
        LogEntry.store(em, batch.entries);
        List<RoomEvent> events = batch.entries.stream().map(LogEntry.New::event).toList();
        projections.forEach(projection -> projection.project(events, false, em));
        head.advance(batch.log.view().offset());
        heads.store(List.of(head));
        em.flush();
    }
}
