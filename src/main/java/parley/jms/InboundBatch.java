package parley.jms;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.Destination;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import parley.application.ServicePost;
import parley.journal.Journal;
import parley.journal.Receipt;
import parley.metrics.Metrics;
import parley.protocol.Problem;

/**
 * Receives a batch of messages in a transaction, which has the broker alone, and which is committed after all of them were posted or sent
 * to the queue of refused ones. If something can't be decided now, the transaction is rolled back and the broker delivers the batch again;
 * what was posted already has the same key.
 *
 * <p>The container begins the transaction. A {@code UserTransaction} can be refused on a thread from then on ("Operation not allowed") once
 * two threads were in methods of one bean with {@code @Transactional}: Payara's interceptor keeps what it restores in one field.
 */
@ApplicationScoped
class InboundBatch {

    private static final int MOST = 100;
    private static final long WAIT_MILLIS = 1_000;
    private static final long NEXT_MILLIS = 20;
    private static final long ANSWER_SECONDS = 10;
    /** How long a refusal is. */
    private static final int LONGEST_REASON = 500;

    @Inject
    private Journal journal;
    @Inject
    private Metrics metrics;
    @Resource
    private TransactionSynchronizationRegistry transaction;

    /** Where messages come from, and where refused ones go. */
    record Queues(ConnectionFactory connections, Destination inbound, Destination refused) {}

    /** A received message, and what comes of posting it. */
    private record Posting(Message message, CompletableFuture<Optional<Problem>> refusal) {}

    /** So that the counters are there before the first message. */
    void declareMetrics() {
        List.of("posted", "refused").forEach(outcome -> count(outcome, 0));
    }

    /** Waits up to a second for a batch, and posts it. Returns whether that was done; if not, the broker delivers the batch again. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    boolean receive(Queues queues) throws JMSException, InterruptedException, ExecutionException, TimeoutException {
        boolean done = false;
        try (JMSContext context = queues.connections.createContext();
                JMSConsumer consumer = context.createConsumer(queues.inbound)) {
            List<Posting> postings = new ArrayList<>();
            Message next = consumer.receive(WAIT_MILLIS);
            while (next != null) {
                postings.add(post(next));
                next = postings.size() < MOST ? consumer.receive(NEXT_MILLIS) : null;
            }
            done = settle(postings, queues, context);
        } finally {
            if (!done) {
                transaction.setRollbackOnly();
            }
        }
        return done;
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
}
