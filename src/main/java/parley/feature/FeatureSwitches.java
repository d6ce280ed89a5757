package parley.feature;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import parley.audit.AuditEvent;
import parley.protocol.Feature;
import parley.protocol.Problem;
import parley.sql.Followed;

/**
 * Switches features off and on again while the installation runs. The settings are the upper bound: what they switch off stays off. A
 * change holds on this instance when the call returns, and on the others within about a second. Each call waits for the database.
 */
@ApplicationScoped
public class FeatureSwitches implements Followed {

    @Inject
    private Features features;
    @Inject
    private FeatureRows rows;
    @Inject
    private Event<FeaturesChanged> changed;

    // Guarded by this.
    private long position = -1;

    /** What administrators switched off. */
    public List<FeatureOff> off() {
        return rows.off();
    }

    /**
     * Switches a feature. Repeating it changes nothing. Returns why not.
     *
     * @param by the id of the administrator
     * @param address of the request, for the audit
     */
    public Optional<Problem> change(Feature feature, boolean on, String by, String address) {
        if (on && !features.isAllowed(feature)) {
            return Optional.of(Problem.conflict("The settings of this installation switch `" + feature.wire() + "` off."));
        }
        rows.change(feature, on, new AuditEvent(Instant.now(), on ? "feature.on" : "feature.off", by, null, null, address, feature.wire(),
                1));
        catchUp(rows.head());
        return Optional.empty();
    }

    @Override
    public String headQuery() {
        return FeatureRows.HEAD;
    }

    /** Takes over what administrators switched since the last call, and fires {@link FeaturesChanged} for it. */
    @Override
    public synchronized void catchUp(long head) {
        if (head == position) {
            return;
        }
        Set<Feature> off = EnumSet.noneOf(Feature.class);
        rows.off().forEach(one -> off.add(one.feature()));
        position = head;
        if (features.switchOff(off)) {
            changed.fire(new FeaturesChanged(features.on()));
        }
    }
}
