package parley.message;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import parley.journal.Committed;
import parley.journal.DecisionContexts;
import parley.journal.RoomLog;
import parley.journal.StoredKeys;
import parley.people.Blocks;
import parley.protocol.AttachedFile;
import parley.protocol.MessageChange;
import parley.protocol.RoomEvent;
import parley.room.AttachableFiles;
import parley.room.DecisionContext;
import parley.room.ExactMessage;
import parley.room.RoomView;
import parley.room.Rooms;
import parley.room.RulesInForce;
import parley.room.Verdict;

/**
 * Finds earlier messages. It remembers the keys of the last 100,000 messages that this instance stored, for ten minutes,
 * which is where nearly all repetitions fall; the keys in the database catch the rest.
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
    private StoredKeys keys;
    @Inject
    private Rooms rooms;
    @Inject
    private Blocks blocks;
    @Inject
    private AttachableFiles files;
    @Inject
    private RulesInForce rules;

    @Override
    public DecisionContext remembered() {
        return new Tables();
    }

    @Override
    public DecisionContext certain() {
        return new Tables() {
            @Override
            public OptionalLong posted(RoomView room, String author, String key) {
                OptionalLong stored = keys.find(room.id(), author, key);
                // So that the next repetition fails no batch.
                stored.ifPresent(offset -> posts.put(new Post(room.id(), room.epoch(), author, key), offset));
                // A room with the retention none has no rows.
                return stored.isPresent() ? stored : super.posted(room, author, key);
            }
        };
    }

    @Override
    public DecisionContext inMemory(List<RoomEvent> further) {
        return new Tables() {
            @Override
            public Optional<ExactMessage> message(RoomView room, long offset) {
                List<RoomEvent> events = Stream.concat(log.inMemoryAbout(room.id(), offset).stream(), further.stream()).toList();
                // The tables may hold a message from before the room stopped storing them.
                return FoldedMessage.of(offset, events).or(() -> super.message(room, offset));
            }

            @Override
            public int pins(RoomView room) {
                Set<Long> pinned = new HashSet<>();
                Stream.concat(log.inMemoryAboutPins(room.id()).stream(), further.stream()).forEach(event -> {
                    switch (event.change()) {
                        case MessageChange.Pinned pin -> pinned.add(pin.message());
                        case MessageChange.Unpinned unpin -> pinned.remove(unpin.message());
                        case MessageChange.Deleted deleted -> pinned.remove(deleted.message());
                        default -> { }
                    }
                });
                return pinned.size();
            }
        };
    }

    /** What the tables hold, and the keys that this instance remembers. */
    private class Tables implements DecisionContext {

        @Override
        public OptionalLong posted(RoomView room, String author, String key) {
            Long offset = posts.getIfPresent(new Post(room.id(), room.epoch(), author, key));
            return offset == null ? OptionalLong.empty() : OptionalLong.of(offset);
        }

        @Override
        public OptionalLong postedEver(RoomView room, String author, String key) {
            return keys.find(room.id(), author, key);
        }

        @Override
        public List<AttachedFile> attachable(RoomView room, String owner, List<String> ids) {
            return files.find(room.id(), owner, ids, em);
        }

        @Override
        public Optional<ExactMessage> message(RoomView room, long offset) {
            return StoredMessages.find(em, room.id(), offset);
        }

        @Override
        public Optional<Instant> lastPosted(RoomView room, String author, Instant since) {
            return StoredMessages.lastPosted(em, room.id(), author, since);
        }

        @Override
        public Verdict verdict(RoomView room, String text) {
            return rules.of(room.id(), text);
        }

        @Override
        public int pins(RoomView room) {
            return StoredMessages.pins(em, room.id());
        }

        @Override
        public boolean isBlocked(String by, String user) {
            return blocks.blocked(by, user);
        }

        @Override
        public boolean isNameTaken(String room, String name) {
            return rooms.isNameTaken(room, name);
        }
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
}
