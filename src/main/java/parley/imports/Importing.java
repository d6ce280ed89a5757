package parley.imports;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import parley.emoji.EmojiNames;
import parley.health.Started;
import parley.journal.PastMessages;
import parley.lease.LeasedWork;
import parley.lease.Task;
import parley.people.People;
import parley.settings.Settings;
import parley.sql.DatabaseFailure;

/**
 * Carries out imports on its own thread, one at a time in the cluster. If the instance is killed, another one that finds the file takes the
 * import over, and begins again: what is stored already is not stored twice.
 */
@ApplicationScoped
class Importing {

    private static final Logger LOG = Logger.getLogger(Importing.class.getName());
    private static final Duration PAUSE = Duration.ofMillis(500);
    /** Longer than the longest time between two looks at the progress. */
    private static final Duration LEASE = Duration.ofMinutes(1);

    @Inject
    private Settings settings;
    @Inject
    private ImportFolder folder;
    @Inject
    private ImportRows rows;
    @Inject
    private Conversations conversations;
    @Inject
    private PastMessages past;
    @Inject
    private People people;
    @Inject
    private EmojiNames emoji;
    @Inject
    private LeasedWork work;

    void start(@Observes Started started) {
        if (folder.isThere()) {
            work.start(Task.IMPORTS, PAUSE, LEASE, this::look);
        }
    }

    private void look() {
        Optional<ImportJob> next = next(rows.open(), folder);
        if (next.isPresent() && work.take()) {
            ImportJob job = next.get();
            if (job.cancelled()) {
                rows.end(job, ImportJob.State.CANCELLED, Optional.empty(), Instant.now());
            } else if (past.arePossible()) {
                run(job);
            }
        }
    }

    /** The first of these that this instance can work on. To end one that was cancelled, it needs no file: that may be gone. */
    static Optional<ImportJob> next(List<ImportJob> open, ImportFolder folder) {
        return open.stream().filter(job -> job.cancelled() || folder.has(job)).findFirst();
    }

    private void run(ImportJob job) {
        LOG.log(Level.INFO, "Import {0} of {1} begins", new Object[] {job.id(), job.source()});
        rows.begin(job.id(), settings.instance().name(), Instant.now());
        Report report = new Report();
        Progress progress = new Progress((posts, done, added, count) -> rows.progress(job.id(), posts, done, added, count, report.json()),
                work::mayGoOn, System::nanoTime);
        try {
            read(job, report, progress);
            progress.storeNow();
            rows.end(job, ImportJob.State.DONE, Optional.empty(), Instant.now());
        } catch (Progress.Cancelled cancelled) {
            rows.end(job, ImportJob.State.CANCELLED, Optional.empty(), Instant.now());
        } catch (LeasedWork.Interrupted stopping) {
            LOG.log(Level.INFO, "Import {0} is interrupted and goes on later", job.id());
        } catch (Export.Unusable unusable) {
            rows.end(job, ImportJob.State.FAILED, Optional.of(unusable.getMessage()), Instant.now());
        } catch (IOException broken) {
            fail(job, new UncheckedIOException(broken));
        } catch (RuntimeException failed) {
            fail(job, failed);
        }
    }

    // An import that meets a defect would meet it again. Without a database, it waits; a thread that is stopped fails anywhere.
    private void fail(ImportJob job, RuntimeException failed) {
        if (work.isOver()) {
            LOG.log(Level.INFO, "Import {0} is interrupted and goes on later", job.id());
            return;
        }
        if (failed instanceof UncheckedIOException unreadable) {
            rows.end(job, ImportJob.State.FAILED, Optional.of("The file can't be read: " + unreadable.getCause().getMessage()),
                    Instant.now());
            return;
        }
        if (DatabaseFailure.away(failed).isPresent()) {
            throw failed;
        }
        LOG.log(Level.SEVERE, "Import " + job.id() + " failed", failed);
        rows.end(job, ImportJob.State.FAILED, Optional.of("The import met a defect, which is in the server log."), Instant.now());
    }

    private void read(ImportJob job, Report report, Progress progress) throws IOException, Export.Unusable {
        Path file = folder.file(job.file()).orElseThrow(() -> new Export.Unusable("The file is gone."));
        Map<String, String> users = Map.of();
        if (job.people().isPresent()) {
            users = PeopleFile.read(folder.file(job.people().get()).orElseThrow(() -> new Export.Unusable("The people file is gone.")),
                    report);
        }
        try (Export export = switch (job.format()) {
            case MATTERMOST -> MattermostExport.open(file, report, progress);
            case SLACK -> SlackExport.open(file, report, progress);
        }) {
            progress.posts(export.conversations().stream().mapToLong(Export.Conversation::posts).sum());
            Mapping mapping = new Mapping(job.source(), users, people.names(users.values().stream().distinct().toList()), export.people(),
                    job.keeps(), report);
            Converting converting = new Converting(job.source(), mapping, emoji, report, Instant.now());
            conversations.all(new Conversations.Import(job, export, converting, mapping, report, progress));
        }
    }
}
