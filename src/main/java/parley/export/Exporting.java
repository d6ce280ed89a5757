package parley.export;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.Logger;
import parley.health.Started;
import parley.journal.RoomLog;
import parley.lease.LeasedWork;
import parley.lease.Task;
import parley.settings.Settings;
import parley.sql.DatabaseFailure;

/**
 * Carries out exports on its own thread, one at a time in the cluster, and removes old ones. If the instance is killed, another one goes on
 * after the last complete room.
 */
@ApplicationScoped
class Exporting {

    /** The most rooms of an export. */
    static final int MOST_ROOMS = 500_000;

    private static final Logger LOG = Logger.getLogger(Exporting.class.getName());
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final Duration SWEEP = Duration.ofSeconds(20);
    private static final int HEADS = 5_000;

    @Inject
    private Settings settings;
    @Inject
    private ExportRows rows;
    @Inject
    private ExportFiles files;
    @Inject
    private Writing writing;
    @Inject
    private Completing completing;
    @Inject
    private RoomLog log;
    @Inject
    private LeasedWork work;

    private Instant nextSweep = Instant.EPOCH;

    void start(@Observes Started started) {
        work.start(Task.EXPORTS, PAUSE, LEASE, this::look);
    }

    private void look() {
        Optional<ExportJob> next = rows.open().stream().findFirst();
        Instant now = Instant.now();
        boolean sweeps = now.isAfter(nextSweep);
        if (sweeps) {
            nextSweep = now.plus(SWEEP);
        }
        if (next.isEmpty() && !sweeps || !work.take()) {
            return;
        }
        if (sweeps) {
            sweep(now);
        }
        next.ifPresent(job -> {
            if (job.cancelled()) {
                rows.end(job, ExportJob.State.CANCELLED, Optional.empty(), Instant.now());
            } else {
                run(job);
            }
        });
    }

    private void sweep(Instant now) {
        rows.expired(now).forEach(job -> rows.delete(job, Optional.empty(), null));
        for (ExportJob job : rows.toRemove()) {
            while (!files.removeFrom(job.id(), 0)) {
                if (!work.mayGoOn()) {
                    return;
                }
            }
            rows.removed(job.id());
        }
        rows.forget(now.minus(settings.exports().kept()).minus(Duration.ofDays(2)));
    }

    private void run(ExportJob job) {
        LOG.log(Level.INFO, "Export {0} begins", job.id());
        try {
            rows.begin(job.id(), settings.instance().name(), Instant.now(), rows.hasRooms(job.id()) ? List.of() : cuts(job));
            while (!files.removeFrom(job.id(), job.files())) {
                if (!work.mayGoOn()) {
                    return;
                }
            }
            Run run = new Run(job, store(job), work::mayGoOn, System::nanoTime, files.stored(job.id()),
                    settings.exports().bytes() - rows.storedByOthers(job.id()));
            ExportedFile manifest = writing.all(run);
            complete(job, run, manifest);
        } catch (Run.Cancelled cancelled) {
            rows.end(job, ExportJob.State.CANCELLED, Optional.empty(), Instant.now());
        } catch (LeasedWork.Interrupted stopping) {
            LOG.log(Level.INFO, "Export {0} is interrupted and goes on later", job.id());
        } catch (Run.Impossible impossible) {
            rows.end(job, ExportJob.State.FAILED, Optional.of(impossible.getMessage()), Instant.now());
        } catch (IOException unreadable) {
            if (!work.isOver()) {
                LOG.log(Level.WARNING, "Export " + job.id() + " can't read a file", unreadable);
                rows.end(job, ExportJob.State.FAILED, Optional.of("A file of a message can't be read; the server log says more."),
                        Instant.now());
            }
        } catch (RuntimeException failed) {
            fail(job, failed);
        }
    }

    private void complete(ExportJob job, Run run, ExportedFile manifest) {
        ExportFiles.Totals totals = files.totals(job.id());
        Instant now = Instant.now();
        completing.announce(completing.complete(job, now, now.plus(settings.exports().kept()),
                Archive.shape(totals.files(), totals.paths(), manifest).length(), run.stored(), manifest.sha256())
                .orElseThrow(Run.Cancelled::new));
        LOG.log(Level.INFO, "Export {0} is complete", job.id());
    }

    // An export that meets a defect would meet it again. Without a database, it waits; a thread that is stopped fails anywhere.
    private void fail(ExportJob job, RuntimeException failed) {
        if (work.isOver()) {
            LOG.log(Level.INFO, "Export {0} is interrupted and goes on later", job.id());
            return;
        }
        if (DatabaseFailure.away(failed).isPresent()) {
            throw failed;
        }
        LOG.log(Level.SEVERE, "Export " + job.id() + " failed", failed);
        rows.end(job, ExportJob.State.FAILED, Optional.of("The export met a defect, which is in the server log."), Instant.now());
    }

    private Run.Store store(ExportJob job) {
        return new Run.Store() {
            @Override
            public void addPart(int file, int part, byte[] compressed) {
                files.addPart(job.id(), file, part, compressed);
            }

            @Override
            public void add(ExportedFile file) {
                files.add(job.id(), file);
            }

            @Override
            public boolean progress(long stored) {
                return rows.progress(job.id(), stored);
            }
        };
    }

    // Sorted here, because databases order texts in different ways.
    private List<ExportRows.Cut> cuts(ExportJob job) {
        TreeSet<ExportRows.Cut> sorted = new TreeSet<>((one, other) -> one.room().compareTo(other.room()));
        ExportRequest request = job.request();
        if (request.own()) {
            List<String> rooms = log.roomsWith(request.person().orElseThrow());
            for (int from = 0; from < rooms.size(); from += HEADS) {
                sorted.addAll(rows.heads(job.id(), rooms.subList(from, Math.min(rooms.size(), from + HEADS))));
            }
        } else if (!request.rooms().isEmpty()) {
            sorted.addAll(rows.heads(job.id(), request.rooms()));
        } else {
            List<ExportRows.Cut> page = rows.heads(job.id(), "", HEADS);
            while (!page.isEmpty()) {
                sorted.addAll(page);
                if (sorted.size() > MOST_ROOMS) {
                    throw new Run.Impossible("There are more than " + MOST_ROOMS + " rooms. Name the rooms that you need.");
                }
                page = rows.heads(job.id(), page.getLast().room(), HEADS);
            }
        }
        List<ExportRows.Cut> cuts = new ArrayList<>(sorted.size());
        sorted.forEach(cut -> cuts.add(cut.at(cuts.size())));
        return cuts;
    }
}
