package parley.moderation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import parley.health.Started;
import parley.identity.Actor;
import parley.journal.Journal;
import parley.journal.Pipeline;
import parley.lease.LeasedWork;
import parley.lease.Task;
import parley.message.History;
import parley.message.MessagePlace;
import parley.protocol.MessageChange;
import parley.protocol.User;
import parley.settings.Settings;

/**
 * Works on removals, on one instance of the cluster at a time: removes messages, restores them, and deletes originals after a day. Each
 * step can be repeated: an instance that takes over begins with the first room again and finds only what is left.
 */
@ApplicationScoped
class Removing {

    private static final Logger LOG = Logger.getLogger(Removing.class.getName());
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Duration STORED_EVERY = Duration.ofMillis(500);
    private static final int DELETED_AT_ONCE = 200;

    @Inject
    private Settings settings;
    @Inject
    private RemovalRows rows;
    @Inject
    private RemovedMessages originals;
    @Inject
    private Journal journal;
    @Inject
    private History history;
    @Inject
    private LeasedWork work;

    void start(@Observes Started started) {
        work.start(Task.REMOVALS, PAUSE, LEASE, this::look);
    }

    void asked(@Observes RemovalAsked now) {
        work.wake();
    }

    private void look() throws InterruptedException {
        try {
            for (Removal removal : rows.due(Instant.now())) {
                if (!work.take()) {
                    return;
                }
                // The ones before it may have taken long.
                Optional<Removal> now = rows.find(removal.id());
                if (now.isPresent()) {
                    carryOut(now.get());
                }
            }
        } catch (LeasedWork.Interrupted left) {
            LOG.log(Level.INFO, "A removal goes on later");
        }
    }

    private void carryOut(Removal removal) throws InterruptedException {
        switch (removal.state()) {
            case REMOVING -> new Run(removal).remove();
            case RESTORING -> new Run(removal).restore();
            case REMOVED -> {
                if (removal.isDue(Instant.now())) {
                    deleteOriginals(removal);
                }
            }
            case FINAL -> deleteOriginals(removal);
            case RESTORED -> { }
        }
    }

    private void deleteOriginals(Removal removal) {
        List<MessagePlace> kept = rows.kept(removal.id(), DELETED_AT_ONCE);
        while (!kept.isEmpty()) {
            originals.delete(kept);
            work.goOn();
            kept = rows.kept(removal.id(), DELETED_AT_ONCE);
        }
        rows.end(removal.id(), Removal.State.FINAL, Instant.now());
    }

    /** One removal on this instance. */
    private final class Run {
        private final Removal removal;
        private final Pipeline proposals = new Pipeline(journal);
        private long storedAt = System.nanoTime();
        private int looked;
        private int found;

        Run(Removal removal) {
            this.removal = removal;
            this.found = removal.removed();
        }

        void remove() throws InterruptedException {
            List<String> rooms = removal.rooms().isEmpty() ? rows.rooms(removal.person()) : removal.rooms();
            for (String room : rooms) {
                remove(room);
                looked++;
                store();
            }
            proposals.await();
            rows.progress(removal.id(), settings.instance().name(), looked);
            rows.removed(removal.id(), found >= Removals.MOST_MESSAGES, Instant.now());
        }

        private void remove(String room) throws InterruptedException {
            long head = rows.head(room);
            long after = removal.from().equals(Instant.EPOCH) ? 0 : history.firstSince(room, removal.from()) - 1;
            int most = Math.min(RemoveMessages.MOST, Removals.MOST_MESSAGES - found);
            while (most > 0) {
                List<Long> messages = rows.messages(removal, room, after, head, most);
                if (messages.isEmpty()) {
                    return;
                }
                proposals.submit(new RemoveMessages(room, new Actor(removal.by(), true), removal.id(), removal.person(), messages));
                found += messages.size();
                after = messages.getLast();
                most = Math.min(RemoveMessages.MOST, Removals.MOST_MESSAGES - found);
                store();
            }
        }

        void restore() throws InterruptedException {
            User by = removal.undoneBy().orElseThrow();
            List<MessagePlace> kept = rows.kept(removal.id(), RemoveMessages.MOST);
            while (!kept.isEmpty()) {
                String room = kept.getFirst().room();
                restore(room, kept.stream().filter(place -> place.room().equals(room)).map(MessagePlace::offset).toList(),
                        new Actor(by, true));
                work.goOn();
                kept = rows.kept(removal.id(), RemoveMessages.MOST);
            }
            rows.end(removal.id(), Removal.State.RESTORED, Instant.now());
        }

        private void restore(String room, List<Long> messages, Actor by) throws InterruptedException {
            List<RemovedMessage> left = originals.of(room, messages);
            if (!left.isEmpty()) {
                proposals.submit(new RestoreMessages(room, by, left));
                proposals.await();
            }
            Map<User, List<MessageChange.ReactionAdded>> reactions = new LinkedHashMap<>();
            originals.reactions(room, messages).forEach(reaction ->
                    reactions.computeIfAbsent(reaction.by(), person -> new ArrayList<>()).add(reaction.change()));
            for (Map.Entry<User, List<MessageChange.ReactionAdded>> person : reactions.entrySet()) {
                proposals.submit(new RestoreReactions(room, new Actor(person.getKey(), false), person.getValue()));
            }
            proposals.await();
            originals.restored(removal.id(), room, messages);
        }

        private void store() {
            if (System.nanoTime() - storedAt > STORED_EVERY.toNanos()) {
                work.goOn();
                rows.progress(removal.id(), settings.instance().name(), looked);
                storedAt = System.nanoTime();
            }
        }
    }
}
