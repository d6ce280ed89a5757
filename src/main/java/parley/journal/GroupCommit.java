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
import parley.protocol.Codec;
import parley.protocol.Frame;
import parley.protocol.MessageChange;
import parley.protocol.Retention;
import parley.protocol.RoomChange;
import parley.protocol.RoomEvent;
import parley.room.Decision;
import parley.room.DecisionContext;
import parley.room.Projection;
import parley.room.Proposal;
import parley.room.Quotas;
import parley.room.RoomHead;
import parley.room.RoomHeads;
import parley.room.RoomPolicy;
import parley.room.RoomView;

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
    @Any
    private Instance<Projection> projections;
    @Inject
    @Any
    private Instance<EventRecorder> recorders;

    /**
     * The outcome of a batch.
     *
     * @param receipts the outcome of each submission, in the order of the submissions; null for those of locked rooms
     * @param locked rooms that another transaction had locked, so that nothing was decided in them
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
        try {
            return decideAndStore(submissions, context);
        } catch (Error defect) {
            // Only exceptions make the container roll back: after an Error it would commit what was written so far.
            transaction.setRollbackOnly();
            throw defect;
        }
    }

    private Result decideAndStore(List<Submission> submissions, DecisionContext context) {
        RoomHeads.Locks locks = heads.tryLock(
                submissions.stream().map(submission -> submission.proposal().room()).collect(Collectors.toCollection(TreeSet::new)));
        CatchingUp.CaughtUp caughtUp = catchingUp.to(locks.heads().values());
        Map<String, Log> logs = new LinkedHashMap<>();
        locks.heads().forEach((room, head) -> logs.put(room, new Log(head, caughtUp.views().get(room))));
        Pending pending = new Pending();
        BatchContext batchContext = new BatchContext(context, contexts, quotas, pending::store);
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        List<Receipt> receipts = new ArrayList<>(submissions.size());
        for (Submission submission : submissions) {
            receipts.add(locks.taken().contains(submission.proposal().room()) ? null
                    : decide(submission, logs, batchContext, pending, now));
        }
        List<Log> grown = logs.values().stream().filter(log -> !log.events.isEmpty()).toList();
        if (grown.isEmpty()) {
            // Nothing to store. Roll back: a commit would write to disk because of the locks, and the response time would reveal that
            // the room exists.
            transaction.setRollbackOnly();
        } else {
            pending.store();
            heads.store(grown.stream().map(room -> room.head).toList());
            em.flush();
        }
        return new Result(receipts, locks.taken(), new Committed(false, caughtUp.found()),
                new Committed(true, grown.stream().map(Log::batch).toList()));
    }

    private Receipt decide(Submission submission, Map<String, Log> logs, BatchContext batchContext, Pending pending, Instant now) {
        Proposal proposal = submission.proposal();
        Log room = logs.get(proposal.room());
        Decision decision = room == null ? proposal.decideWithoutRoom(batchContext) : proposal.decide(room.view, batchContext, now);
        return switch (decision) {
            case Decision.Refused refused -> new Receipt.Refused(refused.problem());
            case Decision.Already already -> new Receipt.Already(already.offset());
            case Decision.Changes changes -> {
                Log into = room != null ? room : logs.computeIfAbsent(proposal.room(), id -> open(id, now));
                long first = into.head.offset() + 1;
                for (Change change : changes.changes()) {
                    batchContext.remember(into.append(submission, change, changes.concerns(), pending, now));
                    refuseIfTakenMeanwhile(into, change, batchContext);
                }
                yield new Receipt.Committed(first);
            }
        };
    }

    // Another writer may have given a room this name since the decision. Throws, so that the batch is decided again.
    private static void refuseIfTakenMeanwhile(Log into, Change change, DecisionContext batchContext) {
        if (change instanceof RoomChange.Updated updated
                && RoomPolicy.naming(into.head.room(), updated.profile(), batchContext).isPresent()) {
            throw new PersistenceException("The name of room " + into.head.room() + " was taken meanwhile");
        }
    }

    private Log open(String room, Instant now) {
        RoomHead head = heads.open(room, now);
        return new Log(head, RoomView.empty(room, head.epoch()));
    }

    /** The part of the batch that belongs to one room. */
    private final class Log {
        private final RoomHead head;
        private final List<RoomEvent> events = new ArrayList<>();
        private final List<LoggedFrame> frames = new ArrayList<>();
        private RoomView view;

        Log(RoomHead head, RoomView view) {
            this.head = head;
            this.view = view;
        }

        RoomEvent append(Submission submission, Change change, Optional<String> concerns, Pending pending, Instant now) {
            RoomEvent event = new RoomEvent(head.room(), head.offset() + 1, now, submission.proposal().by().user(), change);
            Frame frame = Codec.encode(event);
            if (!(change instanceof MessageChange) || !view.profile().retention().equals(Retention.NONE)) {
                pending.add(event, frame);
            }
            if (!(change instanceof MessageChange) || concerns.isPresent()) {
                recorders.forEach(recorder -> recorder.record(event, frame, concerns, submission.address(), em));
            }
            head.advance(event.offset());
            view = view.after(event);
            events.add(event);
            frames.add(new LoggedFrame(event.offset(), frame));
            return event;
        }

        Committed.RoomBatch batch() {
            return new Committed.RoomBatch(view, events, frames);
        }
    }

    /** Events of this batch that are not in the tables yet. Posts wait, because many of them cost little more than one. */
    private final class Pending {
        private final List<LogEntry.New> entries = new ArrayList<>();

        void add(RoomEvent event, Frame frame) {
            entries.add(new LogEntry.New(event, frame));
            if (!(event.change() instanceof MessageChange)) {
                // Project it now: later decisions in this batch query names and quotas.
                projections.forEach(projection -> projection.project(List.of(event), em));
            }
        }

        void store() {
            List<RoomEvent> said = entries.stream().map(LogEntry.New::event).filter(event -> event.change() instanceof MessageChange)
                    .toList();
            // What a deletion redacts is stored already: its decision read the message from the tables.
            said.forEach(event -> redaction.after(event, em));
            LogEntry.store(em, entries);
            projections.forEach(projection -> projection.project(said, em));
            entries.clear();
        }
    }
}
