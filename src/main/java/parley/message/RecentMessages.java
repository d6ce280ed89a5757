package parley.message;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Duration;
import java.util.OptionalLong;
import parley.journal.Committed;
import parley.journal.DecisionContexts;
import parley.journal.RoomLog;
import parley.protocol.MessageChange;
import parley.protocol.RoomEvent;
import parley.room.DecisionContext;
import parley.room.RoomView;
import parley.room.Rooms;

/**
 * Finds earlier messages. It remembers the keys of the last 100,000 messages that this instance stored, for ten minutes,
 * which is where nearly all repetitions fall; the database's unique key catches the rest.
 */
@ApplicationScoped
class RecentMessages implements DecisionContexts {

    private static final int REMEMBERED = 100_000;

    /** The epoch keeps a message that the database lost from being taken for a duplicate when it is sent again. */
    private record Post(String room, String epoch, String author, String key) {}

    private final Cache<Post, Long> posts = Caffeine.newBuilder().maximumSize(REMEMBERED)
            .expireAfterWrite(Duration.ofMinutes(10)).build();

    @PersistenceContext(unitName = "parley")
    private EntityManager em;
    @Inject
    private RoomLog log;
    @Inject
    private Rooms rooms;

    @Override
    public DecisionContext remembered() {
        return new DecisionContext() {
            @Override
            public OptionalLong posted(RoomView room, String author, String key) {
                return here(room, author, key);
            }

            @Override
            public boolean isMessage(String room, long offset) {
                return exists(room, offset);
            }

            @Override
            public boolean isNameTaken(String room, String name) {
                return rooms.isNameTaken(room, name);
            }
        };
    }

    @Override
    public DecisionContext certain() {
        return new DecisionContext() {
            @Override
            public OptionalLong posted(RoomView room, String author, String key) {
                return em.createQuery("""
                                select m.offset from StoredMessage m
                                where m.room = :room and m.author = :author and m.key = :key""", Long.class)
                        .setParameter("room", room.id()).setParameter("author", author).setParameter("key", key)
                        .getResultStream().findFirst().map(OptionalLong::of)
                        // A room with the retention none has no rows.
                        .orElseGet(() -> here(room, author, key));
            }

            @Override
            public boolean isMessage(String room, long offset) {
                return exists(room, offset);
            }

            @Override
            public boolean isNameTaken(String room, String name) {
                return rooms.isNameTaken(room, name);
            }
        };
    }

    void remember(@Observes Committed committed) {
        for (Committed.RoomBatch batch : committed.rooms()) {
            for (RoomEvent event : batch.events()) {
                if (event.change() instanceof MessageChange.Posted posted) {
                    posts.put(new Post(event.room(), batch.view().epoch(), event.by().id(), posted.key()), event.offset());
                }
            }
        }
    }

    private OptionalLong here(RoomView room, String author, String key) {
        Long offset = posts.getIfPresent(new Post(room.id(), room.epoch(), author, key));
        return offset == null ? OptionalLong.empty() : OptionalLong.of(offset);
    }

    private boolean exists(String room, long offset) {
        return em.find(StoredMessage.class, new StoredMessage.Key(room, offset)) != null || log.isMessageInMemory(room, offset);
    }
}
