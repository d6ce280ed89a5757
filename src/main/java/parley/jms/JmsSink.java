package parley.jms;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.jms.DeliveryMode;
import jakarta.jms.Destination;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSProducer;
import jakarta.jms.JMSRuntimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import parley.feature.Features;
import parley.outlet.Attempt;
import parley.outlet.Consumer;
import parley.outlet.OutgoingEvent;
import parley.outlet.Sink;
import parley.outlet.Taken;
import parley.protocol.Feature;
import parley.settings.Settings;

/**
 * Sends the events of outlets to the destination of the settings. The broker has stored a message before the next one is sent, so the
 * messages of a room have its order.
 */
@ApplicationScoped
class JmsSink implements Sink {

    static final String KIND = "jms";

    private static final Logger LOG = Logger.getLogger(JmsSink.class.getName());
    private static final String BROKER_AWAY = "broker not reached";

    @Inject
    private Settings settings;
    @Inject
    private Features features;
    @Inject
    private JmsResources resources;

    private final AtomicBoolean isAway = new AtomicBoolean();

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public boolean isOn() {
        return features.isOn(Feature.HOOKS) && events().isPresent() && resources.connections().isPresent();
    }

    private Optional<Destination> events() {
        return resources.destination(settings.jms().events());
    }

    /** Never ends: a broker may be away for long. */
    @Override
    public Optional<Duration> patience() {
        return Optional.empty();
    }

    @Override
    public Taken take(Consumer consumer, List<OutgoingEvent> page, Instant until) {
        List<Attempt> attempts = new ArrayList<>();
        Instant begin = Instant.now();
        try (JMSContext context = resources.connections().orElseThrow().createContext(JMSContext.AUTO_ACKNOWLEDGE)) {
            JMSProducer producer = context.createProducer().setDeliveryMode(DeliveryMode.PERSISTENT);
            for (OutgoingEvent event : page) {
                begin = Instant.now();
                if (!attempts.isEmpty() && begin.isAfter(until)) {
                    break;
                }
                // Brokers that know groups give all messages of one to the same consumer.
                producer.setProperty("parley_id", event.id()).setProperty("parley_room", event.room())
                        .setProperty("parley_type", event.type()).setProperty("JMSXGroupID", event.room())
                        .send(events().orElseThrow(), event.cloudEvent());
                attempts.add(attempt(consumer, event, attempts.isEmpty(), begin, Attempt.DELIVERED, ""));
            }
            isAway.set(false);
            return Taken.all(attempts.size(), attempts);
        } catch (JMSRuntimeException away) {
            noteAway(away);
            int count = attempts.size();
            attempts.add(attempt(consumer, page.get(count), count == 0, begin, BROKER_AWAY, ""));
            return new Taken(count, attempts, Optional.of(new Taken.Failure(BROKER_AWAY, Duration.ZERO, false)));
        }
    }

    // Once for an outage.
    private void noteAway(JMSRuntimeException why) {
        LOG.log(isAway.getAndSet(true) ? Level.FINE : Level.WARNING,
                "Events can''t be sent to the JMS broker; this is tried again: {0}", why.getMessage());
    }

    private static Attempt attempt(Consumer consumer, OutgoingEvent event, boolean first, Instant begin, String status, String answer) {
        return new Attempt(begin, event.id(), event.type(), status, first ? consumer.failures() + 1 : 1,
                (int) Duration.between(begin, Instant.now()).toMillis(), answer);
    }

    @Override
    public void disabled(Consumer consumer, String why) {
        // Only a receiver that never wants more events could cause it.
    }
}
