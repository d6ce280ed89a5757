package parley.hold;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.List;

/** The holds in force. Reads them only after one began or ended. Safe for every thread. */
@ApplicationScoped
class ActiveHolds {

    private record Known(long version, List<Hold> holds) {}

    private Gate gate;
    private volatile Known known = new Known(-1, List.of());

    /** For the container's proxy. */
    protected ActiveHolds() {
    }

    @Inject
    ActiveHolds(Gate gate) {
        this.gate = gate;
    }

    /** The holds in force, exactly, until the running transaction ends: it locks the gate. */
    List<Hold> locked(EntityManager em) {
        Gate.State state = gate.lock(em);
        if (state.active() == 0) {
            return List.of();
        }
        Known last = known;
        if (last.version() != state.version()) {
            last = new Known(state.version(), HoldRows.active(em));
            known = last;
        }
        return last.holds();
    }
}
