package parley.application;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.naming.InitialContext;
import javax.naming.NameAlreadyBoundException;
import javax.naming.NamingException;
import parley.application.PendingCommands.Pending;
import parley.health.Availability;
import parley.health.Started;
import parley.journal.Journal;
import parley.journal.Receipt;
import parley.message.ReadingHistory;
import parley.protocol.Message;
import parley.protocol.Problem;
import parley.protocol.Reply;

/**
 * What applications in the same server find in JNDI as {@code parley/application}: a function from a request to an answer, both maps of the
 * JDK's types. It runs on the application's thread and joins its transaction.
 */
@ApplicationScoped
class ApplicationPort {

    private static final Logger LOG = Logger.getLogger(ApplicationPort.class.getName());
    private static final String NAME = "parley/application";
    private static final String CHANGES = "parley.application.changes";
    private static final int SECONDS = 10;
    private static final Map<String, Object> DONE = Map.of();

    @Resource(lookup = "java:comp/TransactionSynchronizationRegistry")
    private TransactionSynchronizationRegistry transactions;
    @Inject
    private Availability availability;
    @Inject
    private Journal journal;
    @Inject
    private ReadingHistory history;
    @Inject
    private PendingCommands pending;
    @Inject
    private CarryingOut carryingOut;
    @Inject
    private Listeners listeners;

    private boolean isBound;

    void start(@Observes Started started) {
        if (isBound) {
            return;
        }
        if (!pending.hasPool()) {
            LOG.info("Applications in this server can't use Parley, because there is no jdbc/parley-applications");
            return;
        }
        try {
            Function<Map<String, Object>, Map<String, Object>> port = request -> here(() -> answer(request));
            new InitialContext().bind(NAME, port);
            isBound = true;
        } catch (NameAlreadyBoundException another) {
            LOG.log(Level.WARNING, "Another Parley in this server serves its applications; this one doesn''t: {0}", another.getMessage());
        } catch (NamingException refused) {
            LOG.log(Level.WARNING, "Applications in this server can't use Parley", refused);
        }
        listeners.refresh();
    }

    private Map<String, Object> answer(Map<String, Object> request) {
        try {
            return availability.refusal().map(ApplicationPort::refused).orElseGet(() -> switch (ServiceRequest.of(request)) {
                case ServiceRequest.Change change -> change(change);
                case ServiceRequest.Read read -> read(read);
                case ServiceRequest.ListenersChanged changed -> refreshed();
                case ServiceRequest.Broken broken -> refused(broken.problem());
            });
        } catch (RuntimeException defect) {
            LOG.log(Level.WARNING, "A call of an application failed", defect);
            return refused(Problem.unavailable("Parley can't do this right now."));
        }
    }

    private Map<String, Object> refreshed() {
        listeners.refresh();
        return DONE;
    }

    private Map<String, Object> change(ServiceRequest.Change change) {
        return switch (transactions.getTransactionStatus()) {
            case Status.STATUS_NO_TRANSACTION -> switch (await(journal.submit(change.proposal()))) {
                case Receipt.Committed committed -> Map.of("offset", committed.offset());
                case Receipt.Already already -> Map.of("offset", already.offset());
                // Nothing is at offset 0.
                case Receipt.Held held -> Map.of("offset", 0L);
                case Receipt.Refused refused -> refused(refused.problem());
            };
            case Status.STATUS_ACTIVE -> joined(change);
            default -> refused(Problem.conflict("The transaction of this thread is ending or can only be rolled back."));
        };
    }

    private Map<String, Object> joined(ServiceRequest.Change change) {
        try {
            changes().add(new Pending(pending.add(change, Instant.now()), change));
            return DONE;
        } catch (SQLException refused) {
            // For example: the transaction has another resource, and neither is XA.
            LOG.log(Level.WARNING, "A change of an application could not join its transaction", refused);
            return refused(Problem.conflict("The database of Parley could not join the transaction: " + refused.getMessage()));
        }
    }

    // The changes of the running transaction.
    @SuppressWarnings("unchecked") // Only this method puts it there.
    private List<Pending> changes() {
        Object known = transactions.getResource(CHANGES);
        if (known != null) {
            return (List<Pending>) known;
        }
        List<Pending> changes = new ArrayList<>();
        transactions.putResource(CHANGES, changes);
        transactions.registerInterposedSynchronization(new Synchronization() {
            @Override
            public void beforeCompletion() {
            }

            @Override
            public void afterCompletion(int status) {
                if (status == Status.STATUS_COMMITTED) {
                    here(() -> {
                        carryingOut.afterCommit(changes, Instant.now());
                        return DONE;
                    });
                }
            }
        });
        return changes;
    }

    private Map<String, Object> read(ServiceRequest.Read read) {
        return switch (await(history.read(read.by().caller(Instant.now()), 0, read.room(), read.page()))) {
            case Reply.Page page -> Map.of("messages", page.messages().stream().map(ApplicationPort::message).toList(), "more",
                    page.more());
            case Reply.Refused refused -> refused(refused.problem());
            case Reply other -> throw new IllegalStateException("A page was answered with " + other);
        };
    }

    private static Map<String, Object> message(Message message) {
        return Map.of("offset", message.offset(), "at", message.at(), "user", message.by().id(), "name", message.by().name(),
                "text", message.text(), "thread", message.thread(), "deleted", message.deleted());
    }

    private static Map<String, Object> refused(Problem problem) {
        return Map.of("refused", problem.code().wire(), "message", problem.message());
    }

    private static <T> T await(CompletableFuture<T> answer) {
        try {
            return answer.get(SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The application's thread was interrupted", stopping);
        } catch (ExecutionException | TimeoutException failed) {
            throw new IllegalStateException("No answer within " + SECONDS + " s", failed);
        }
    }

    // The container finds the beans of this application by the thread's class loader.
    private static <T> T here(Supplier<T> work) {
        Thread thread = Thread.currentThread();
        ClassLoader caller = thread.getContextClassLoader();
        thread.setContextClassLoader(ApplicationPort.class.getClassLoader());
        try {
            return work.get();
        } finally {
            thread.setContextClassLoader(caller);
        }
    }

    @PreDestroy
    void stop() {
        if (isBound) {
            try {
                new InitialContext().unbind(NAME);
            } catch (NamingException gone) {
                LOG.log(Level.FINE, "The name was not bound", gone);
            }
        }
    }
}
