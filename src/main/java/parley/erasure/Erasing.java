package parley.erasure;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.persistence.PersistenceException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import parley.health.Started;
import parley.identity.Actor;
import parley.journal.Journal;
import parley.journal.Pipeline;
import parley.journal.Rewriting;
import parley.lease.LeasedWork;
import parley.lease.Task;
import parley.people.Access;
import parley.personal.PersonalData;
import parley.protocol.Json;
import parley.protocol.User;
import parley.settings.Settings;
import parley.sql.DatabaseFailure;

/**
 * Works on erasures, on one instance of the cluster at a time, the oldest first. Each step is stored, and each of its pages can be
 * repeated: an instance that takes over goes on after the last one.
 */
@ApplicationScoped
class Erasing {

    private static final Logger LOG = Logger.getLogger(Erasing.class.getName());
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration LEASE = Duration.ofSeconds(60);
    /** Until then, every instance has read that the access ended, and what it accepted before is in the log. */
    private static final Duration ACCESS_ENDS_WITHIN = Duration.ofSeconds(6);
    private static final int ROOMS = 500;

    @Inject
    private Settings settings;
    @Inject
    private ErasureRows rows;
    @Inject
    private Tables tables;
    @Inject
    private Rewriting rewriting;
    @Inject
    private Journal journal;
    @Inject
    private Access access;
    @Inject
    private SigningKey key;
    @Inject
    private LeasedWork work;
    @Inject
    @Any
    private Instance<PersonalData> owners;

    void start(@Observes Started started) {
        work.start(Task.ERASURES, PAUSE, LEASE, this::look);
    }

    void asked(@Observes ErasureAsked now) {
        work.wake();
    }

    private void look() throws InterruptedException {
        try {
            for (Erasure erasure : rows.open()) {
                if (!work.take()) {
                    return;
                }
                new Run(erasure).steps();
            }
        } catch (LeasedWork.Interrupted left) {
            LOG.log(Level.INFO, "An erasure goes on later");
        }
    }

    /** What is done with one room. */
    private interface InRoom {
        void work(String room) throws InterruptedException;
    }

    /** The next rooms after one. */
    private interface NextRooms {
        List<String> after(String room);
    }

    /** One erasure on this instance. */
    private final class Run {
        private final String id;
        private final Pipeline proposals = new Pipeline(journal);
        private Erasure erasure;
        private Substitution substitution;

        Run(Erasure erasure) {
            this.erasure = erasure;
            id = erasure.id();
            substitution = Substitution.of(erasure);
        }

        void steps() throws InterruptedException {
            if (erasure.step() == Erasure.Step.ACCESS && !accessEnded()) {
                return;
            }
            rows.begin(id, settings.instance().name(), Instant.now());
            while (erasure.state() == Erasure.State.RUNNING) {
                step();
                if (erasure.step() == Erasure.Step.REPORT) {
                    return;
                }
                rows.step(id, erasure.step().next());
                erasure = rows.find(id).orElseThrow();
                // The names are complete after the first step.
                substitution = Substitution.of(erasure);
            }
        }

        // Says again that the access has ended: the process may have been killed between the two transactions.
        private boolean accessEnded() {
            return access.set(erasure.person().orElseThrow(), false, erasure.by().id(), null).isEmpty()
                    && Instant.now().isAfter(erasure.created().plus(ACCESS_ENDS_WITHIN));
        }

        private void step() throws InterruptedException {
            switch (erasure.step()) {
                case ACCESS -> { }
                case LOOK -> rooms(after -> rows.rooms(after, ROOMS), this::look);
                case CONTENT -> rooms(after -> rows.found(id, after, ROOMS), this::content);
                case REMOVE -> remove();
                case TABLES, TABLES_AGAIN -> tables();
                case LOG, LOG_AGAIN -> rooms(after -> rows.rooms(after, ROOMS), this::rewrite);
                case REPORT -> report();
            }
        }

        private void rooms(NextRooms next, InRoom task) throws InterruptedException {
            List<String> page = next.after(erasure.room());
            while (!page.isEmpty()) {
                for (String room : page) {
                    task.work(room);
                    work.goOn();
                }
                rows.passed(id, page.getLast());
                page = next.after(page.getLast());
            }
        }

        private void look(String room) {
            String person = erasure.person().orElseThrow();
            Rewriting.Wanted wanted = new Rewriting.Wanted(person, List.of(Json.quoted(person)));
            Set<String> names = new LinkedHashSet<>(rows.namesIn(room, person));
            boolean isThere = !names.isEmpty();
            Rewriting.Found found = rewriting.find(room, 0, wanted);
            while (true) {
                isThere |= !found.frames().isEmpty();
                found.frames().forEach(logged -> names.addAll(substitution.namesIn(logged.event())));
                work.goOn();
                if (found.complete()) {
                    break;
                }
                found = rewriting.find(room, found.upTo(), wanted);
            }
            if (isThere) {
                rows.addNames(id, names);
                rows.addRoom(id, room);
            }
        }

        private void content(String room) throws InterruptedException {
            if (rows.isClosed(room)) {
                return;
            }
            Actor by = new Actor(erasure.by(), true);
            String person = erasure.person().orElseThrow();
            if (erasure.withContent()) {
                messages(room, by, person);
                reactions(room, person);
                for (String document : rows.documents(room, person, erasure.allDocuments())) {
                    proposals.submit(new EraseDocument(room, by, document));
                    rows.count(id, "removed", "documents", 1);
                }
            }
            proposals.submit(new EndMembership(room, by, person));
            proposals.await();
        }

        private void messages(String room, Actor by, String person) throws InterruptedException {
            List<Long> messages = rows.messages(room, person, 0, EraseMessages.MOST);
            while (!messages.isEmpty()) {
                proposals.submit(new EraseMessages(room, by, person, messages));
                rows.count(id, "removed", "messages", messages.size());
                messages = rows.messages(room, person, messages.getLast(), EraseMessages.MOST);
                work.goOn();
            }
            proposals.await();
        }

        private void reactions(String room, String person) throws InterruptedException {
            Actor reactor = new Actor(new User(person, erasure.names().stream().findFirst().orElse(person)), false);
            List<ErasureRows.Reaction> reactions = rows.reactions(room, person, 0, EraseMessages.MOST);
            while (!reactions.isEmpty()) {
                proposals.submit(new TakeBackReactions(room, reactor, reactions));
                rows.count(id, "removed", "reactions", reactions.size());
                proposals.await();
                work.goOn();
                // One message has at most twenty different reactions, so the next page begins after a message that is done with.
                long last = reactions.getLast().message();
                reactions = rows.reactions(room, person, reactions.size() < EraseMessages.MOST ? last : last - 1, EraseMessages.MOST);
            }
        }

        private void remove() {
            for (PersonalData owner : owners) {
                int removed = owner.remove(erasure.erased());
                while (removed > 0) {
                    rows.count(id, "removed", owner.removes(), removed);
                    work.goOn();
                    removed = owner.remove(erasure.erased());
                }
            }
        }

        private void tables() {
            for (PersonalTable table : tables.all()) {
                try {
                    table(table);
                } catch (PersistenceException refused) {
                    if (!DatabaseFailure.isForbidden(refused)) {
                        throw refused;
                    }
                    // A table that this role of the database must not change, such as a guarded audit log. The report says so.
                    rows.note(id, "left", table.name());
                }
            }
        }

        private void table(PersonalTable table) {
            List<Object> last = tables.page(table, List.of(), erasure, substitution);
            while (!last.isEmpty()) {
                work.goOn();
                last = tables.page(table, last, erasure, substitution);
            }
            work.goOn();
        }

        private void rewrite(String room) throws InterruptedException {
            Rewriting.Wanted wanted = new Rewriting.Wanted(erasure.person().orElseThrow(), substitution.frameParts());
            Rewriting.Found found;
            long after = 0;
            do {
                found = rewriting.rewrite(room, after, wanted, substitution::event, (rewritten, em) -> {
                    if (rewritten > 0) {
                        rows.count(id, "changed", "events", rewritten, em);
                        rows.changedAgain(id, room, em);
                    }
                });
                after = found.upTo();
                work.goOn();
            } while (!found.complete());
            if (rows.hasToTell(id, room)) {
                proposals.submit(new TellRewritten(room, new Actor(substitution.user(erasure.by()), true), substitution));
                proposals.await();
                rows.told(id, room);
            }
        }

        private void report() {
            Instant now = Instant.now();
            Erasure last = rows.find(id).orElseThrow();
            String json = new Report(last, rows.counts(id), rows.kept(last.person().orElseThrow()), rows.found(id),
                    rows.documentsLeft(last.pseudonym()), rows.exportsLeft(last.pseudonym()), now).json();
            access.erase(last.person().orElseThrow(), last.by().id());
            rows.complete(last, substitution.text(last.reason()), new ErasureRows.Signed(json, key.get().sign(json)), now);
            LOG.log(Level.INFO, "Erasure {0} is complete", id);
        }
    }
}
