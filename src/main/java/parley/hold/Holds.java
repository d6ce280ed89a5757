package parley.hold;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import parley.audit.AuditEvent;
import parley.audit.AuditLog;
import parley.file.HeldFiles;
import parley.file.StoredFile;
import parley.identity.Caller;
import parley.people.People;
import parley.protocol.Problem;
import parley.room.Rooms;

/**
 * Makes, lists, reads and releases holds. Each call is one transaction with its audit event, and waits for the database. The caller has
 * checked that an administrator asks.
 */
@ApplicationScoped
public class Holds {

    /** The most holds in force. */
    public static final int MOST = 200;

    @PersistenceContext(unitName = "parley")
    private EntityManager em;
    @Inject
    private Gate gate;
    @Inject
    private HeldFiles files;
    @Inject
    private People people;
    @Inject
    private Rooms rooms;
    @Inject
    private AuditLog audit;

    /** An administrator, and the address of the request. */
    public record Reader(Caller caller, String address) {}

    /** The outcome of {@link #make}. */
    public sealed interface Made {

        /** The hold is in force. */
        record Done(Hold hold) implements Made {}

        /** It was not made. */
        record Refused(Problem problem) implements Made {}
    }

    /** Makes a hold. It keeps what is removed from the commit on; waits for removals that are under way. */
    @Transactional
    public Made make(String name, Scope scope, Reader by) {
        Optional<Problem> refused = refusal(scope);
        if (refused.isPresent()) {
            return new Made.Refused(refused.get());
        }
        gate.change(1, em);
        if (HoldRows.active(em).size() >= MOST) {
            gate.change(-1, em);
            return new Made.Refused(Problem.conflict("There are " + MOST + " holds already. Release one first."));
        }
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        Hold hold = new Hold(newId(now), name, scope, by.caller().user(), now, Optional.empty());
        HoldRows.add(hold, em);
        write("hold.made", hold, null, by);
        return new Made.Done(hold);
    }

    private Optional<Problem> refusal(Scope scope) {
        if (scope.isEverything()) {
            return Optional.of(Problem.badRequest("A hold needs `people`, `rooms`, `words`, `from` or `until`."));
        }
        if (scope.from().isPresent() && scope.until().filter(end -> !end.isAfter(scope.from().get())).isPresent()) {
            return Optional.of(Problem.badRequest("`until` must be after `from`."));
        }
        if (!scope.people().stream().allMatch(people::exists)) {
            return Optional.of(Problem.noSuchPerson());
        }
        return rooms.positions(scope.rooms()).size() == scope.rooms().stream().distinct().count() ? Optional.empty()
                : Optional.of(Problem.noSuchRoom());
    }

    /** Holds before a place, the newest first; an empty place means the first page. */
    @Transactional
    public List<Hold> page(String before, int limit, Reader by) {
        audit.write(List.of(event("hold.listed", null, null, null, by)));
        return HoldRows.page(before, limit, em);
    }

    /** The hold with this id. */
    @Transactional
    public Optional<Hold> find(String id, Reader by) {
        Optional<Hold> found = HoldRows.find(id, em);
        found.ifPresent(hold -> write("hold.read", hold, null, by));
        return found;
    }

    /** How many events a hold keeps. */
    @Transactional
    public long count(Hold hold) {
        return HeldRows.count(hold.id(), em);
    }

    /** What a hold keeps after a place, in order; empty if there is no such hold in force. */
    @Transactional
    public Optional<List<HeldEvent>> content(String id, HeldEvent.Place after, int limit, Reader by) {
        Optional<Hold> found = HoldRows.find(id, em).filter(hold -> hold.release().isEmpty());
        found.ifPresent(hold -> write("hold.content.read", hold, "after=" + after.room() + ":" + after.offset() + ":" + after.version(),
                by));
        return found.map(hold -> HeldRows.page(hold.id(), after, limit, em));
    }

    /** A file that a hold in force keeps. */
    @Transactional
    public Optional<StoredFile> file(String id, String file, Reader by) {
        Optional<Hold> found = HoldRows.find(id, em).filter(hold -> hold.release().isEmpty())
                .filter(hold -> HeldRows.hasFile(hold.id(), file, em));
        found.ifPresent(hold -> write("hold.file.read", hold, "file=" + file, by));
        return found.flatMap(hold -> files.find(file));
    }

    /** Releases a hold: the next sweep deletes what no other hold keeps. Returns false if there is no such hold in force. */
    @Transactional
    public boolean release(String id, Reader by) {
        Optional<Hold> found = HoldRows.find(id, em).filter(hold -> hold.release().isEmpty());
        if (found.isEmpty()) {
            return false;
        }
        gate.change(-1, em);
        if (!HoldRows.release(id, by.caller().user(), Instant.now(), em)) {
            // Another administrator released it meanwhile.
            gate.change(1, em);
            return false;
        }
        write("hold.released", found.get(), null, by);
        return true;
    }

    private void write(String action, Hold hold, String more, Reader by) {
        // Of one room or one person, the audit can be asked by it.
        Scope scope = hold.scope();
        audit.write(List.of(event(action, scope.people().size() == 1 ? scope.people().getFirst() : null,
                scope.rooms().size() == 1 ? scope.rooms().getFirst() : null, "hold=" + hold.id() + (more == null ? "" : " " + more), by)));
    }

    private static AuditEvent event(String action, String subject, String room, String detail, Reader by) {
        return new AuditEvent(Instant.now(), action, by.caller().id(), subject, room, by.address(), detail, 1);
    }

    private static String newId(Instant at) {
        return "%012x".formatted(at.toEpochMilli()) + UUID.randomUUID().toString().replace("-", "").substring(12);
    }
}
