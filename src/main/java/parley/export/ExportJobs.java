package parley.export;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import parley.lease.Job;
import parley.lease.JobKind;

/** The exports of administrators in the list of jobs. A person's own export concerns that person alone, so it is not listed. */
@ApplicationScoped
class ExportJobs implements JobKind {

    private static final int MOST_NAMED = 3;

    @Inject
    private Exports exports;

    @Override
    public String name() {
        return "export";
    }

    @Override
    public List<Job> latest(int limit) {
        return exports.all().stream().limit(limit).map(this::job).toList();
    }

    @Override
    public boolean cancel(String id, String by, String address) {
        return exports.find(id).filter(ExportJob::isOpen).isPresent() && exports.delete(id, by, address);
    }

    private Job job(ExportJob job) {
        // An export that was deleted was complete.
        String state = job.state() == ExportJob.State.DELETED ? ExportJob.State.DONE.wire() : job.state().wire();
        return new Job(name(), job.id(), title(job.request()), Optional.of(job.by().id()), job.created(), state, job.node(), job.began(),
                job.ended(), job.done(), job.rooms(), job.failure(), job.isOpen() && !job.cancelled());
    }

    /** What the export is about: a person, rooms, or {@code *} for everything. */
    static String title(ExportRequest request) {
        List<String> named = request.rooms().stream().limit(MOST_NAMED).toList();
        String rooms = String.join(", ", named) + (request.rooms().size() > MOST_NAMED ? ", …" : "");
        return request.person().map(person -> rooms.isEmpty() ? person : person + ": " + rooms).orElse(rooms.isEmpty() ? "*" : rooms);
    }
}
