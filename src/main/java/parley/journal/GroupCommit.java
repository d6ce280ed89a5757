package parley.journal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import parley.protocol.Change;
import parley.protocol.Codec;
import parley.protocol.Frame;
import parley.protocol.Retention;
import parley.protocol.RoomEvent;
import parley.room.Earlier;
import parley.room.Projection;
import parley.room.Proposal;
import parley.room.RoomHead;
import parley.room.RoomHeads;
import parley.room.RoomView;
import parley.room.Rooms;
import parley.room.Verdict;

/** One transaction for many proposals. All of its events are stored or none; called by one writer thread at a time a room. */
@ApplicationScoped
class GroupCommit {

    @PersistenceContext(unitName = "parley")
    private EntityManager em;
    @Inject
    private RoomHeads heads;
    @Inject
    private Rooms rooms;
    @Inject
    private RoomLog log;
    @Inject
    private Views views;
    @Inject
    @Any
    private Instance<Projection> projections;

    /**
     * What a batch came to.
     *
     * @param receipts one a proposal, in the proposals' order
     * @param found what other nodes had committed before, and this one did not know
     */
    record Result(List<Receipt> receipts, Committed found, Committed committed) {}

    /** Decides these proposals in order and stores what follows. Throws, with nothing stored, when the database refuses. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    Result commit(List<? extends Proposal> proposals, Earlier earlier) {
        Map<String, RoomHead> locked = heads.lock(
                proposals.stream().map(Proposal::room).collect(Collectors.toCollection(TreeSet::new)));
        Map<String, Log> logs = new LinkedHashMap<>();
        List<Committed.RoomBatch> found = new ArrayList<>();
        locked.forEach((room, head) -> logs.put(room, new Log(head, current(head, found))));
        BatchMemory memory = new BatchMemory(earlier);
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        List<Receipt> receipts = new ArrayList<>(proposals.size());
        for (Proposal proposal : proposals) {
            receipts.add(decide(proposal, logs, memory, now));
        }
        em.flush();
        return new Result(receipts, new Committed(false, found), new Committed(true, logs.values().stream().filter(Log::grew).map(Log::batch).toList()));
    }

    private Receipt decide(Proposal proposal, Map<String, Log> logs, BatchMemory memory, Instant now) {
        Log room = logs.get(proposal.room());
        Verdict verdict = room == null ? proposal.decideWithoutRoom(memory) : proposal.decide(room.view, memory);
        return switch (verdict) {
            case Verdict.Refused refused -> new Receipt.Refused(refused.problem());
            case Verdict.Already already -> new Receipt.Already(already.offset());
            case Verdict.Changes changes -> {
                Log into = room != null ? room : logs.computeIfAbsent(proposal.room(), id -> open(id, now));
                long first = into.head.offset() + 1;
                for (Change change : changes.changes()) {
                    memory.remember(into.append(proposal, change, now));
                }
                yield new Receipt.Committed(first);
            }
        };
    }

    private Log open(String room, Instant now) {
        RoomHead head = heads.open(room, now);
        return new Log(head, RoomView.empty(room, head.epoch()));
    }

    // The view at the locked head. Another node may have written since this one looked.
    private RoomView current(RoomHead head, List<Committed.RoomBatch> found) {
        RoomView cached = views.cached(head.room()).filter(view -> view.epoch().equals(head.epoch())).orElse(null);
        if (cached != null && cached.offset() >= head.offset()) {
            return cached;
        }
        List<LoggedFrame> since = cached == null ? List.of() : log.after(head.room(), cached.offset());
        // A log that no longer holds them all, or holds too many, is no way to the head.
        if (cached == null || since.size() != head.offset() - cached.offset()) {
            return rooms.view(head.room()).orElseThrow();
        }
        List<RoomEvent> events = since.stream().map(logged -> Codec.decodeEvent(logged.frame().text())).toList();
        RoomView view = cached.after(events);
        found.add(new Committed.RoomBatch(view, events, since));
        return view;
    }

    /** One room's part of the batch. */
    private final class Log {
        private final RoomHead head;
        private final List<RoomEvent> events = new ArrayList<>();
        private final List<LoggedFrame> frames = new ArrayList<>();
        private RoomView view;

        Log(RoomHead head, RoomView view) {
            this.head = head;
            this.view = view;
        }

        RoomEvent append(Proposal proposal, Change change, Instant now) {
            RoomEvent event = new RoomEvent(head.room(), head.offset() + 1, now, proposal.by(), change);
            Frame frame = Codec.encode(event);
            if (!change.isContent() || !view.profile().retention().equals(Retention.NONE)) {
                em.persist(new LogEntry(event, frame));
                projections.forEach(projection -> projection.project(event, em));
            }
            head.advance(event.offset());
            view = view.after(event);
            events.add(event);
            frames.add(new LoggedFrame(event.offset(), frame));
            return event;
        }

        boolean grew() {
            return !events.isEmpty();
        }

        Committed.RoomBatch batch() {
            return new Committed.RoomBatch(view, events, frames);
        }
    }
}
