package parley.imports;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import parley.lease.Job;
import parley.lease.JobKind;

/** Imports in the list of jobs. */
@ApplicationScoped
class ImportJobs implements JobKind {

    @Inject
    private Imports imports;

    @Override
    public String name() {
        return "import";
    }

    @Override
    public List<Job> latest(int limit) {
        return imports.all().stream().limit(limit).map(this::job).toList();
    }

    @Override
    public boolean cancel(String id, String by, String address) {
        return imports.find(id).filter(ImportJob::isOpen).isPresent() && imports.cancel(id, by, address);
    }

    private Job job(ImportJob job) {
        return new Job(name(), job.id(), job.file(), Optional.of(job.by().id()), job.created(), job.state().wire(), job.node(), job.began(),
                job.ended(), job.done(), job.posts(), job.failure(), job.isOpen());
    }
}
