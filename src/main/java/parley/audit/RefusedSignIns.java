package parley.audit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import parley.identity.SignInRefusal;
import parley.metrics.Counter;
import parley.metrics.Metrics;

/**
 * Counts refused sign-ins until {@link #write} is called. Those of one address for one reason become one row. Past {@value #MOST}
 * such pairs, further addresses are counted together, so that refused sign-ins can't fill the disk. A crash loses what is not
 * written yet. Safe for every thread.
 */
@ApplicationScoped
public class RefusedSignIns {

    private static final String ACTION = "sign-in.refused";
    private static final int MOST = 500;

    private record Refusal(String address, String reason) {}

    private final Map<Refusal, Integer> counts = new ConcurrentHashMap<>();

    private final Map<SignInRefusal, Counter> kinds = new EnumMap<>(SignInRefusal.class);
    private AuditLog audit;

    /** For the container's proxy. */
    protected RefusedSignIns() {
    }

    @Inject
    RefusedSignIns(AuditLog audit, Metrics metrics) {
        this.audit = audit;
        for (SignInRefusal kind : SignInRefusal.values()) {
            kinds.put(kind, metrics.count("parley_sign_ins_refused_total", "Sign-ins that were refused, by the kind of reason.", "reason",
                    kind.wire()));
        }
    }

    /** Notes one; answers whether it is the first for this reason since they were written. */
    public boolean note(String address, SignInRefusal kind, String reason) {
        kinds.get(kind).increment();
        Refusal refusal = new Refusal(address, reason);
        boolean another = counts.size() < MOST || counts.containsKey(refusal);
        return counts.merge(another ? refusal : new Refusal(null, reason), 1, Integer::sum) == 1;
    }

    /** Writes what was noted. Waits for the database; what it does not take is noted again. */
    public void write() {
        Instant now = Instant.now();
        List<AuditEvent> events = new ArrayList<>();
        counts.keySet().forEach(refusal -> counts.computeIfPresent(refusal, (same, times) -> {
            events.add(new AuditEvent(now, ACTION, null, null, null, refusal.address(), refusal.reason(), times));
            return null;
        }));
        try {
            audit.write(events);
        } catch (RuntimeException refused) {
            events.forEach(event -> counts.merge(new Refusal(event.address(), event.detail()), event.times(), Integer::sum));
            throw refused;
        }
    }
}
