package parley.erasure;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import parley.lease.Job;
import parley.lease.JobKind;

/** Erasures in the list of jobs, under their pseudonyms. None can be ended: half of a person is left then. */
@ApplicationScoped
class ErasureJobs implements JobKind {

    @Inject
    private ErasureRows rows;

    @Override
    public String name() {
        return "erasure";
    }

    @Override
    public List<Job> latest(int limit) {
        return rows.all().stream().limit(limit).map(this::job).toList();
    }

    @Override
    public boolean cancel(String id, String by, String address) {
        return false;
    }

    private Job job(Erasure erasure) {
        long steps = Erasure.Step.values().length;
        return new Job(name(), erasure.id(), erasure.pseudonym(), Optional.of(erasure.by().id()), erasure.created(), erasure.state().wire(),
                erasure.node(), erasure.began(), erasure.ended(), erasure.state() == Erasure.State.DONE ? steps : erasure.step().ordinal(),
                steps, Optional.empty(), false);
    }
}
