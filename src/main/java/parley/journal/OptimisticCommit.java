package parley.journal;

import jakarta.persistence.PersistenceException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import parley.protocol.RoomEvent;
import parley.room.Decision;
import parley.room.DecisionContext;
import parley.room.Projection;
import parley.room.Proposal;
import parley.room.Quotas;
import parley.sql.Rows;
import parley.sql.Statements;

/**
 * Commits posts with one statement, which is the whole transaction: it moves each head that stands where the view of this instance stands,
 * and inserts the events of these rooms. Such a view is exact, because every event moves the head. It does not wait for locks. Rooms whose
 * head stands elsewhere or is locked are left to {@link GroupCommit}, and so are rooms where a post may be stored already, where a rule
 * holds or reports one, or for which anything else was submitted. PostgreSQL only. For one thread.
 */
class OptimisticCommit {

    // A row that changed since the statement began is compared again once it is locked.
    private static final String MOVE = """
            with free as (
              select r.id, wanted.head from unnest(cast(? as varchar array), cast(? as varchar array), cast(? as bigint array),
                cast(? as bigint array)) as wanted(room, epoch, seen, head)
              join room r on r.id = wanted.room and r.epoch = wanted.epoch and r.head = wanted.seen
              where r.id not in (%s)
              order by r.id for update of r skip locked),
            moved as (update room set head = free.head from free where room.id = free.id returning room.id)""".formatted(
            StoredKeys.SUSPECTS);
    private static final String OF_MOVED = " join moved on moved.id = added.room";
    private static final String MOVED = " select id from moved";

    private final WriterConnection connection;
    private final Views views;
    private final DecisionContexts contexts;
    private final Quotas quotas;
    private final Copies copies;
    private final List<Projection> projections;

    OptimisticCommit(WriterConnection connection, Views views, DecisionContexts contexts, Quotas quotas, Copies copies,
                     List<Projection> projections) {
        this.connection = connection;
        this.views = views;
        this.contexts = contexts;
        this.quotas = quotas;
        this.copies = copies;
        this.projections = projections;
    }

    /** Whether something of this batch may be committed this way. */
    boolean canCommit(List<Waiting> batch) {
        return batch.stream().anyMatch(waiting -> waiting.submission().proposal().isPlainPost()) && connection.get().isPresent();
    }

    /** {@link GroupCommit} has committed, so the database works. */
    void databaseWorks() {
        connection.poolWorks();
    }

    /** The database could not be reached: closes the connection. */
    void databaseFailed() {
        connection.failed();
    }

    void close() {
        connection.close();
    }

    /**
     * Decides these proposals in order and stores the changes. The result names the rooms that are left as locked. Throws if the database
     * refuses, and nothing is stored; if the connection broke, everything may be stored.
     */
    GroupCommit.Result commit(List<Submission> submissions, DecisionContext context) {
        boolean copied = copies.needed();
        Map<String, GrowingLog> logs = logs(submissions, copied);
        List<LogEntry.New> stored = new ArrayList<>();
        List<Receipt> receipts = decide(submissions, logs, context, stored);
        Map<String, GrowingLog> grown = logs.entrySet().stream().filter(room -> room.getValue().hasGrown())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one, LinkedHashMap::new));
        Optional<Connection> own = grown.isEmpty() ? Optional.empty() : connection.get();
        Set<String> moved = own.isEmpty() ? Set.of() : write(own.get(), grown, stored, copied);
        Set<String> left = submissions.stream().map(submission -> submission.proposal().room()).filter(Predicate.not(moved::contains))
                .collect(Collectors.toSet());
        return new GroupCommit.Result(receipts, left, new Committed(false, List.of()), new Committed(true,
                grown.entrySet().stream().filter(room -> moved.contains(room.getKey())).map(room -> room.getValue().batch()).toList()));
    }

    // The rooms that this instance knows and for which nothing but posts was submitted. Posts in slow rooms need the tables.
    private Map<String, GrowingLog> logs(List<Submission> submissions, boolean copied) {
        Set<String> others = submissions.stream().map(Submission::proposal).filter(Predicate.not(Proposal::isPlainPost))
                .map(Proposal::room).collect(Collectors.toSet());
        Map<String, GrowingLog> logs = new LinkedHashMap<>();
        for (Submission submission : submissions) {
            String room = submission.proposal().room();
            if (!others.contains(room) && !logs.containsKey(room)) {
                views.cached(room).filter(view -> view.profile().posting().slow() == 0)
                        .ifPresent(view -> logs.put(room, new GrowingLog(view, copied)));
            }
        }
        return logs;
    }

    private List<Receipt> decide(List<Submission> submissions, Map<String, GrowingLog> logs, DecisionContext context,
                                 List<LogEntry.New> stored) {
        BatchContext batchContext = new BatchContext(context, contexts, quotas, null, () -> { });
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        List<Receipt> receipts = new ArrayList<>(submissions.size());
        for (Submission submission : submissions) {
            GrowingLog log = logs.get(submission.proposal().room());
            receipts.add(log == null ? null : decide(submission.proposal(), log, batchContext, now, stored));
            if (log != null && receipts.getLast() == null) {
                // What follows in the room waits too, to keep the order of the room.
                logs.remove(log.view().id());
            }
        }
        stored.removeIf(entry -> !logs.containsKey(entry.event().room()));
        return receipts;
    }

    // Null for what needs a transaction.
    private static Receipt decide(Proposal proposal, GrowingLog log, BatchContext context, Instant now, List<LogEntry.New> stored) {
        return switch (proposal.decide(log.view(), context, now)) {
            case Decision.Refused refused -> new Receipt.Refused(refused.problem());
            case Decision.Already already -> new Receipt.Already(already.offset());
            case Decision.Update update -> throw new IllegalStateException("An update is no plain post");
            case Decision.Held held -> null;
            case Decision.Changes changes when changes.flagged().isPresent() -> null;
            case Decision.Changes changes -> {
                long first = log.view().offset() + 1;
                changes.changes().forEach(change -> {
                    LogEntry.New entry = log.append(proposal.by().user(), change, now);
                    context.remember(entry.event());
                    if (log.stores(change)) {
                        stored.add(entry);
                    }
                });
                yield new Receipt.Committed(first);
            }
        };
    }

    /** Writes these logs, and returns the rooms whose head was moved. */
    private Set<String> write(Connection own, Map<String, GrowingLog> grown, List<LogEntry.New> stored, boolean copied) {
        List<Rows.Insertion<?>> insertions = insertions(stored, copied);
        try (PreparedStatement statement = own.prepareStatement(sql(insertions))) {
            int next = setHeads(own, statement, grown.values().stream().map(GrowingLog::batch).toList(),
                    stored.stream().flatMap(entry -> entry.key().stream()).toList());
            for (Rows.Insertion<?> insertion : insertions) {
                next = insertion.set(own, statement, next);
            }
            Set<String> moved = new HashSet<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    moved.add(rows.getString(1));
                }
            }
            connection.works();
            return moved;
        } catch (SQLException refused) {
            throw new PersistenceException(refused);
        }
    }

    private List<Rows.Insertion<?>> insertions(List<LogEntry.New> stored, boolean copied) {
        List<RoomEvent> posts = stored.stream().map(LogEntry.New::event).toList();
        List<Rows.Insertion<?>> insertions = new ArrayList<>();
        insertions.add(LogEntry.insertion(stored));
        projections.forEach(projection -> insertions.addAll(projection.insertions(posts, copied)));
        return insertions.stream().filter(insertion -> !insertion.isEmpty()).toList();
    }

    private static String sql(List<Rows.Insertion<?>> insertions) {
        StringBuilder sql = new StringBuilder(MOVE);
        for (int i = 0; i < insertions.size(); i++) {
            sql.append(", added").append(i).append(" as (").append(insertions.get(i).sql()).append(OF_MOVED).append(')');
        }
        return sql.append(MOVED).toString();
    }

    // Returns the index of the next parameter.
    private static int setHeads(Connection own, PreparedStatement statement, List<Committed.RoomBatch> batches, List<PostKey> posts)
            throws SQLException {
        Object[] heads = {batches.stream().map(batch -> batch.view().id()).toArray(String[]::new),
                batches.stream().map(batch -> batch.view().epoch()).toArray(String[]::new),
                batches.stream().map(batch -> batch.events().getFirst().offset() - 1).toArray(Long[]::new),
                batches.stream().map(batch -> batch.view().offset()).toArray(Long[]::new)};
        Object[] parameters = Stream.of(heads, StoredKeys.parameters(posts)).flatMap(Stream::of).toArray();
        Statements.set(own, statement, parameters);
        return parameters.length + 1;
    }
}
