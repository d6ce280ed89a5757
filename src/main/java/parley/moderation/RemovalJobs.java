package parley.moderation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import parley.lease.Job;
import parley.lease.JobKind;

/** Bulk removals in the list of jobs. None can be cancelled: a removal that is complete can be undone. */
@ApplicationScoped
class RemovalJobs implements JobKind {

    @Inject
    private Removals removals;

    @Override
    public String name() {
        return "removal";
    }

    @Override
    public List<Job> latest(int limit) {
        return removals.all().stream().limit(limit).map(this::job).toList();
    }

    @Override
    public boolean cancel(String id, String by, String address) {
        return false;
    }

    private Job job(Removal removal) {
        boolean restores = removal.state() == Removal.State.RESTORING;
        return new Job(name(), removal.id(), removal.person(), Optional.of(removal.by().id()), removal.created(), state(removal),
                removal.node(), Optional.empty(), ended(removal), restores ? removal.restored() : 0, restores ? removal.removed() : 0,
                Optional.empty(), false);
    }

    /** As the list of jobs names it. */
    static String state(Removal removal) {
        return switch (removal.state()) {
            case REMOVING -> removal.node().isEmpty() ? "waiting" : "running";
            case RESTORING -> "running";
            case REMOVED, RESTORED, FINAL -> "done";
        };
    }

    private static Optional<Instant> ended(Removal removal) {
        return removal.state() == Removal.State.RESTORING ? Optional.empty() : removal.ended().or(removal::removedAt);
    }
}
