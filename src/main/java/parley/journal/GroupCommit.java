package parley.journal;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import parley.protocol.Change;
import parley.protocol.DocumentChange;
import parley.protocol.MessageChange;
import parley.protocol.RoomChange;
import parley.protocol.RoomEvent;
import parley.room.Decision;
import parley.room.DecisionContext;
import parley.room.DocumentLogs;
import parley.room.Projection;
import parley.room.Proposal;
import parley.room.Quotas;
import parley.room.RoomHead;
import parley.room.RoomHeads;
import parley.room.RoomPolicy;
import parley.room.RoomView;
import parley.room.RuledMessages;
import parley.sql.Undo;

/** Commits many proposals in one transaction: all events are stored or none. On one instance, only one writer commits to a room. */
@ApplicationScoped
class GroupCommit {

    @PersistenceContext(unitName = "parley")
    private EntityManager em;
    @Resource
    private TransactionSynchronizationRegistry transaction;
    @Inject
    private RoomHeads heads;
    @Inject
    private CatchingUp catchingUp;
    @Inject
    private Quotas quotas;
    @Inject
    private DecisionContexts contexts;
    @Inject
    private Redaction redaction;
    @Inject
    private Copies copies;
    @Inject
    private StoredKeys keys;
    @Inject
    private DocumentLogs documentLogs;
    @Inject
    private RuledMessages ruled;
    @Inject
    @Any
    private Instance<Projection> projections;
    @Inject
    @Any
    private Instance<EventRecorder> recorders;

    /**
     * The outcome of a batch.
     *
     * @param receipts the outcome of each submission, in the order of the submissions; null for those of locked rooms
     * @param locked rooms in which nothing was stored: another transaction had locked them
     * @param found events of other instances that this instance had not received yet
     * @param committed the events of this batch
     */
    record Result(List<Receipt> receipts, Set<String> locked, Committed found, Committed committed) {

        /** Nothing was decided, because all rooms were locked. */
        static Result ofLocked(Set<String> rooms) {
            return new Result(List.of(), rooms, new Committed(false, List.of()), new Committed(true, List.of()));
        }
    }

    /** Decides these proposals in order and stores the changes. Throws without storing anything if the database refuses. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    Result commit(List<Submission> submissions, DecisionContext context) {
        return Undo.onError(transaction, () -> decideAndStore(submissions, context));
    }

    private Result decideAndStore(List<Submission> submissions, DecisionContext context) {
        RoomHeads.Locks locks = heads.tryLock(
                submissions.stream().map(submission -> submission.proposal().room()).collect(Collectors.toCollection(TreeSet::new)));
        CatchingUp.CaughtUp caughtUp = catchingUp.to(locks.heads().values());
        boolean copied = copies.needed();
        Map<String, Locked> rooms = new LinkedHashMap<>();
        locks.heads().forEach((room, head) -> rooms.put(room, new Locked(head, new GrowingLog(caughtUp.views().get(room), copied))));
        DocumentsOfBatch documents = new DocumentsOfBatch(documentLogs, em);
        Pending pending = new Pending(copied, documents);
        BatchContext batchContext = new BatchContext(context, contexts, quotas, documents, pending::store);
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        List<Receipt> receipts = new ArrayList<>(submissions.size());
        for (Submission submission : submissions) {
            receipts.add(locks.taken().contains(submission.proposal().room()) ? null
                    : decide(submission, rooms, batchContext, pending, now));
        }
        List<Locked> grown = rooms.values().stream().filter(room -> room.log.hasGrown()).toList();
        if (grown.isEmpty() && documents.updates().isEmpty() && !pending.held) {
            // Nothing to store. Roll back: a commit would write to disk because of the locks, and the response time would reveal that
            // the room exists.
            transaction.setRollbackOnly();
        } else {
            pending.store();
            grown.forEach(room -> room.head.advance(room.log.view().offset()));
            heads.store(grown.stream().map(Locked::head).toList());
            em.flush();
        }
        return new Result(receipts, locks.taken(), new Committed(false, caughtUp.found()),
                new Committed(true, grown.stream().map(room -> room.log.batch()).toList(), documents.updates()));
    }

    private Receipt decide(Submission submission, Map<String, Locked> rooms, BatchContext batchContext, Pending pending, Instant now) {
        Proposal proposal = submission.proposal();
        Locked room = rooms.get(proposal.room());
        Decision decision = room == null ? proposal.decideWithoutRoom(batchContext)
                : proposal.decide(room.log.view(), batchContext, now);
        return switch (decision) {
            case Decision.Refused refused -> new Receipt.Refused(refused.problem());
            case Decision.Already already -> new Receipt.Already(already.offset());
            case Decision.Update update -> {
                pending.documents.add(update);
                yield new Receipt.Committed(update.update().version());
            }
            case Decision.Held held -> hold(proposal, held, room.log.view(), pending, now);
            case Decision.Changes changes -> {
                GrowingLog log = (room != null ? room : rooms.computeIfAbsent(proposal.room(), id -> open(id, pending.copied, now))).log;
                long first = log.view().offset() + 1;
                for (Change change : changes.changes()) {
                    if (change instanceof DocumentChange) {
                        pending.store();
                    }
                    LogEntry.New entry = log.append(proposal.by().user(), change, now);
                    pending.add(entry, log.stores(change));
                    record(entry, changes.concerns(), submission.address());
                    changes.flagged().filter(pattern -> change instanceof MessageChange)
                            .ifPresent(pattern -> ruled.flag(entry.event(), pattern, em));
                    batchContext.remember(entry.event());
                    refuseIfTakenMeanwhile(change, log.view().id(), batchContext);
                }
                yield new Receipt.Committed(first);
            }
        };
    }

    private Receipt hold(Proposal proposal, Decision.Held held, RoomView view, Pending pending, Instant now) {
        return switch (ruled.hold(view, proposal.by().user(), held.post(), held.pattern(), now, em)) {
            case RuledMessages.Held.Refused refused -> new Receipt.Refused(refused.problem());
            case RuledMessages.Held.Waits waits -> {
                pending.held |= !waits.again();
                yield new Receipt.Held(waits.again());
            }
        };
    }

    private void record(LogEntry.New entry, Optional<String> concerns, String address) {
        if (!(entry.event().change() instanceof MessageChange) || concerns.isPresent()) {
            recorders.forEach(recorder -> recorder.record(entry.event(), entry.frame(), concerns, address, em));
        }
    }

    // Another writer may have given a room this name since the decision. Throws, so that the batch is decided again.
    private static void refuseIfTakenMeanwhile(Change change, String room, BatchContext batchContext) {
        if (change instanceof RoomChange.Updated updated && RoomPolicy.naming(room, updated.profile(), batchContext).isPresent()) {
            throw new PersistenceException("The name of room " + room + " was taken meanwhile");
        }
    }

    // The context may have missed a key. Throws, so that the batch is decided again with the certain one.
    private void refuseIfStored(List<LogEntry.New> entries) {
        if (keys.hasAny(entries.stream().flatMap(entry -> entry.key().stream()).toList())) {
            throw new PersistenceException("A message of the batch is stored already");
        }
    }

    private Locked open(String room, boolean copied, Instant now) {
        RoomHead head = heads.open(room, now);
        return new Locked(head, new GrowingLog(RoomView.empty(room, head.epoch()), copied));
    }

    /** A room of this batch, whose head is locked. */
    private record Locked(RoomHead head, GrowingLog log) {}

    /** What this batch has not written to the tables yet. Posts and updates of documents wait: many cost little more than one. */
    private final class Pending {
        private final List<LogEntry.New> entries = new ArrayList<>();
        private final boolean copied;
        private final DocumentsOfBatch documents;
        /** Whether a message was stored outside of the log, where it waits. */
        private boolean held;

        Pending(boolean copied, DocumentsOfBatch documents) {
            this.copied = copied;
            this.documents = documents;
        }

        void add(LogEntry.New entry, boolean stored) {
            if (stored) {
                entries.add(entry);
            }
            if (!(entry.event().change() instanceof MessageChange)) {
                redaction.of(List.of(entry.event()), em);
                // Project it now: later decisions in this batch query names and quotas.
                projections.forEach(projection -> projection.project(List.of(entry.event()), copied, em));
            }
        }

        void store() {
            List<RoomEvent> said = entries.stream().map(LogEntry.New::event).filter(event -> event.change() instanceof MessageChange)
                    .toList();
            refuseIfStored(entries);
            // The redacted events are stored already: the decision read the message from the tables.
            redaction.of(said, em);
            LogEntry.store(em, entries);
            projections.forEach(projection -> projection.project(said, copied, em));
            entries.clear();
            documents.store();
        }
    }
}
