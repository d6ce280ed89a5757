package parley.jms;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import parley.feature.Features;
import parley.health.Availability;
import parley.health.Started;
import parley.lease.Leases;
import parley.lease.Task;
import parley.protocol.Feature;
import parley.settings.Settings;
import parley.threads.Loop;
import parley.threads.ManagedThreads;

/** Posts the messages of a queue, in their order, on one instance at a time. */
@ApplicationScoped
class InboundQueue {

    private static final Logger LOG = Logger.getLogger(InboundQueue.class.getName());
    private static final long WAIT_MILLIS = 1_000;
    private static final long AWAY_MILLIS = 5_000;
    private static final Duration LEASE = Duration.ofSeconds(30);

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
    private InboundBatch batch;
    @Inject
    private ManagedThreads managed;

    private Loop loop;
    // The JMS client swallows interrupts.
    private volatile boolean stopping;

    void start(@Observes Started started) {
        if (loop != null || !features.isAllowed(Feature.HOOKS) || settings.jms().inbound().isEmpty()) {
            return;
        }
        batch.declareMetrics();
        loop = managed.startTask("inbound queue", this::run);
    }

    private void run(Loop running) {
        boolean isAway = false;
        while (!stopping && running.goesOn()) {
            try {
                Optional<InboundBatch.Queues> queues = queues();
                if (queues.isEmpty() || !features.isOn(Feature.HOOKS) || !leases.take(Task.INBOUND_QUEUE, LEASE)
                        || !batch.receive(queues.get())) {
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

    private Optional<InboundBatch.Queues> queues() {
        if (availability.closedBecause().isPresent()) {
            return Optional.empty();
        }
        return resources.connections().flatMap(connections -> resources.destination(settings.jms().inbound())
                .flatMap(inbound -> resources.destination(settings.jms().refused())
                        .map(refused -> new InboundBatch.Queues(connections, inbound, refused))));
    }

    @PreDestroy
    void stop() {
        stopping = true;
        if (loop != null) {
            loop.stop();
        }
    }
}
