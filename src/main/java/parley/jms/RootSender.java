package parley.jms;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.jms.DeliveryMode;
import jakarta.jms.Destination;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSProducer;
import jakarta.jms.JMSRuntimeException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import parley.evidence.RootOutlet;
import parley.settings.Settings;

/** Sends the signed roots of the evidence to the destination of the settings, each as a text message. */
@ApplicationScoped
class RootSender implements RootOutlet {

    private static final Logger LOG = Logger.getLogger(RootSender.class.getName());

    @Inject
    private Settings settings;
    @Inject
    private JmsResources resources;

    private final AtomicBoolean isAway = new AtomicBoolean();

    @Override
    public boolean isOn() {
        return destination().isPresent() && resources.connections().isPresent();
    }

    private Optional<Destination> destination() {
        return resources.destination(settings.jms().evidence());
    }

    @Override
    public int take(List<String> roots) {
        int sent = 0;
        try (JMSContext context = resources.connections().orElseThrow().createContext(JMSContext.AUTO_ACKNOWLEDGE)) {
            JMSProducer producer = context.createProducer().setDeliveryMode(DeliveryMode.PERSISTENT);
            for (String root : roots) {
                producer.send(destination().orElseThrow(), root);
                sent++;
            }
            isAway.set(false);
        } catch (JMSRuntimeException away) {
            // Once for an outage.
            LOG.log(isAway.getAndSet(true) ? Level.FINE : Level.WARNING,
                    "Roots of the evidence can''t be sent to the JMS broker; this is tried again: {0}", away.getMessage());
        }
        return sent;
    }
}
