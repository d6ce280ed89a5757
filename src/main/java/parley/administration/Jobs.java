package parley.administration;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.Comparator;
import java.util.List;
import parley.lease.Job;
import parley.lease.JobKind;

/** The jobs of all kinds. Each call waits for the database. */
@ApplicationScoped
public class Jobs {

    /** The most jobs that are listed. */
    public static final int MOST = 100;

    @Inject
    @Any
    private Instance<JobKind> kinds;

    /** The newest jobs of all kinds, the newest first, up to {@value #MOST}. */
    public List<Job> latest() {
        return kinds.stream().flatMap(kind -> kind.latest(MOST).stream()).sorted(Comparator.comparing(Job::created).reversed())
                .limit(MOST).toList();
    }

    /** Ends a job: {@link JobKind#cancel}. Returns false if there is no such job, or it can't be ended. */
    public boolean cancel(String kind, String id, String by, String address) {
        return kinds.stream().filter(one -> one.name().equals(kind)).findFirst().filter(one -> one.cancel(id, by, address)).isPresent();
    }
}
