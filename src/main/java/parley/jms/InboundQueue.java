package parley.jms;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.Destination;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import jakarta.transaction.UserTransaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import parley.application.ServicePost;
import parley.feature.Features;
import parley.health.Availability;
import parley.health.Started;
import parley.journal.Journal;
import parley.journal.Receipt;
import parley.lease.Leases;
import parley.lease.Task;
import parley.metrics.Metrics;
import parley.protocol.Feature;
import parley.protocol.Problem;
import parley.settings.Settings;
import parley.threads.Loop;
import parley.threads.ManagedThreads;

/**
 * Posts the messages of a queue, in their order, on one instance at a time. A batch of messages is received in a transaction, which has
 * the broker alone, and which is committed after all of them were posted or sent to the queue of refused ones. If something can't be
 * decided now, the transaction is rolled back and the broker delivers the batch again; what was posted already has the same key.
 */
@ApplicationScoped
class InboundQueue {

    private static final Logger LOG = Logger.getLogger(InboundQueue.class.getName());
    private static final int BATCH = 100;
    private static final long WAIT_MILLIS = 1_000;
    private static final long NEXT_MILLIS = 20;
    private static final long AWAY_MILLIS = 5_000;
    private static final long ANSWER_SECONDS = 10;
    private static final Duration LEASE = Duration.ofSeconds(30);
    /** How long a refusal is. */
    private static final int LONGEST_REASON = 500;

    @Inject
    private Settings settings;
    @Inject
    private Availability availability;
    @Inject
    private Features features;
    @Inject
    private JmsResources resources;
    @Inject
    private Leases leases;
    @Inject
    private Journal journal;
    @Inject
    private ManagedThreads managed;
    @Inject
    private Metrics metrics;
    @Resource
    private UserTransaction transaction;

    private Loop loop;
    // The JMS client swallows interrupts.
    private volatile boolean stopping;

    private record Queues(ConnectionFactory connections, Destination inbound, Destination refused) {}

    /** A received message, and what comes of posting it. */
    private record Posting(Message message, CompletableFuture<Optional<Problem>> refusal) {}

    void start(@Observes Started started) {
        if (loop != null || !features.isAllowed(Feature.HOOKS) || settings.jms().inbound().isEmpty()) {
            return;
        }
        List.of("posted", "refused").forEach(outcome -> count(outcome, 0));
        loop = managed.startTask("inbound queue", this::run);
    }

    private void run(Loop running) {
        boolean isAway = false;
        while (!stopping && running.goesOn()) {
            try {
                Optional<Queues> queues = queues();
                if (queues.isEmpty() || !features.isOn(Feature.HOOKS) || !leases.take(Task.INBOUND_QUEUE, LEASE)
                        || !receive(queues.get())) {
                    pause(WAIT_MILLIS);
                }
                isAway = false;
            } catch (Exception away) {
                // Once for an outage.
                LOG.log(isAway ? Level.FINE : Level.WARNING, "The inbound JMS queue can''t be read; this is tried again: {0}",
                        away.toString());
                isAway = true;
                pause(AWAY_MILLIS);
            }
            running.completed();
        }
    }

    private void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException stopped) {
            stopping = true;
        }
    }

    private Optional<Queues> queues() {
        if (availability.closedBecause().isPresent()) {
            return Optional.empty();
        }
        return resources.connections().flatMap(connections -> resources.destination(settings.jms().inbound())
                .flatMap(inbound -> resources.destination(settings.jms().refused())
                        .map(refused -> new Queues(connections, inbound, refused))));
    }

    // Returns whether the batch was done.
    private boolean receive(Queues queues) throws Exception {
        transaction.begin();
        boolean done = false;
        try (JMSContext context = queues.connections.createContext();
                JMSConsumer consumer = context.createConsumer(queues.inbound)) {
            List<Posting> postings = new ArrayList<>();
            Message next = consumer.receive(WAIT_MILLIS);
            while (next != null) {
                postings.add(post(next));
                next = postings.size() < BATCH ? consumer.receive(NEXT_MILLIS) : null;
            }
            done = settle(postings, queues, context);
        } finally {
            end(done);
        }
        return done;
    }

    private void end(boolean done) throws Exception {
        if (done) {
            transaction.commit();
        } else if (transaction.getStatus() != Status.STATUS_NO_TRANSACTION) {
            rollBack();
        }
    }

    private void rollBack() {
        try {
            transaction.rollback();
        } catch (SystemException away) {
            LOG.log(Level.FINE, "The transaction could not be rolled back", away);
        }
    }

    private Posting post(Message message) throws JMSException {
        if (!(message instanceof TextMessage text) || text.getText() == null) {
            return new Posting(message, CompletableFuture.completedFuture(Optional.of(Problem.badRequest("It must be a text message."))));
        }
        return new Posting(message, switch (ServicePost.of(text.getText(), message.getJMSMessageID())) {
            case ServicePost.Refused broken -> CompletableFuture.completedFuture(Optional.of(broken.problem()));
            case ServicePost.Sound sound -> journal.submit(sound.proposal()).thenApply(receipt ->
                    receipt instanceof Receipt.Refused not ? Optional.of(not.problem()) : Optional.empty());
        });
    }

    // Returns false if something can't be decided now.
    private boolean settle(List<Posting> postings, Queues queues, JMSContext context) throws InterruptedException, ExecutionException,
            TimeoutException, JMSException {
        for (Posting posting : postings) {
            Optional<Problem> problem = posting.refusal.get(ANSWER_SECONDS, TimeUnit.SECONDS);
            if (problem.filter(Problem::temporary).isPresent()) {
                return false;
            }
        }
        for (Posting posting : postings) {
            Optional<Problem> problem = posting.refusal.join();
            if (problem.isPresent()) {
                context.createProducer().send(queues.refused, refusal(posting.message, problem.get(), context));
            }
            count(problem.isPresent() ? "refused" : "posted", 1);
        }
        return true;
    }

    private static Message refusal(Message message, Problem problem, JMSContext context) throws JMSException {
        Message copy = message instanceof TextMessage text ? context.createTextMessage(text.getText()) : context.createMessage();
        copy.setStringProperty("parley_code", problem.code().wire());
        copy.setStringProperty("parley_reason", problem.message().substring(0, Math.min(LONGEST_REASON, problem.message().length())));
        copy.setStringProperty("parley_message", message.getJMSMessageID());
        return copy;
    }

    private void count(String outcome, int times) {
        metrics.count("parley_inbound_messages_total", "Messages of the inbound JMS queue, by outcome.", "outcome", outcome).add(times);
    }

    @PreDestroy
    void stop() {
        stopping = true;
        if (loop != null) {
            loop.stop();
        }
    }
}
