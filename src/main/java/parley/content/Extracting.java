package parley.content;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.logging.Level;
import java.util.logging.Logger;
import parley.extract.Kind;
import parley.extract.Outcome;
import parley.file.SharedFiles;
import parley.file.StoredFile;
import parley.file.Uploads;
import parley.health.Started;
import parley.lease.Leases;
import parley.lease.Task;
import parley.metrics.Metrics;
import parley.settings.Settings;
import parley.threads.Loop;
import parley.threads.ManagedThreads;

/**
 * Extracts the texts of files that wait for it, one at a time on each instance. While the setting is off, one instance deletes the texts.
 */
@ApplicationScoped
class Extracting {

    private static final Logger LOG = Logger.getLogger(Extracting.class.getName());
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration SWEEP = Duration.ofSeconds(30);
    private static final Duration LEASE = Duration.ofSeconds(90);
    /** How often files without a job are searched for, once none was found. */
    private static final Duration MISSING = Duration.ofHours(1);
    /** New files wait behind at most so many old ones. */
    private static final int MOST_MISSING = 50;
    private static final int MOST_DELETED = 500;
    /** A process that fails or takes too long is not started more often. */
    private static final int MOST_FAILURES = 3;
    /** The most that the metric counts. */
    private static final int MOST_COUNTED = 10_000;

    @Inject
    private Settings settings;
    @Inject
    private ManagedThreads managed;
    @Inject
    private Metrics metrics;
    @Inject
    private Leases leases;
    @Inject
    private ContentQueue queue;
    @Inject
    private Uploads uploads;
    @Inject
    private SharedFiles files;

    private volatile int waiting;
    private volatile boolean stopping;
    private Instant nextSearch = Instant.EPOCH;
    private Loop loop;
    private Loop sweep;
    private ScheduledThreadPoolExecutor timer;
    private Extractor extractor;

    void start(@Observes Started started) {
        if (sweep != null) {
            return;
        }
        sweep = managed.repeat(Task.FILE_TEXTS.title(), SWEEP, this::sweep);
        if (!FileContents.areOn(settings)) {
            return;
        }
        timer = managed.timer("content");
        try {
            extractor = new Extractor(timer, Extractor.LONGEST);
        } catch (IllegalStateException unusual) {
            timer.shutdownNow();
            LOG.log(Level.WARNING, "This instance extracts no texts of files: {0}", unusual.getMessage());
            return;
        }
        metrics.gauge("parley_file_texts_waiting", "Files whose text is still to be extracted, on all instances.", () -> waiting);
        List.of(Outcome.values()).forEach(outcome -> count(outcome, 0));
        loop = managed.repeat("content", PAUSE, this::look);
    }

    private void sweep() {
        if (!leases.take(Task.FILE_TEXTS, LEASE)) {
            return;
        }
        Instant now = Instant.now();
        if (!settings.search().contents()) {
            queue.deleteSome(MOST_DELETED);
        } else if (FileContents.areOn(settings) && !now.isBefore(nextSearch) && queue.waiting(MOST_MISSING) < MOST_MISSING) {
            List<ContentQueue.Missing> missing = queue.missing(settings.search().contentBytes(), MOST_MISSING);
            missing.forEach(file -> queue.add(file, now));
            nextSearch = missing.isEmpty() ? now.plus(MISSING) : now;
        }
    }

    private void look() {
        waiting = queue.waiting(MOST_COUNTED);
        if (waiting > 0) {
            queue.lease(Instant.now()).ifPresent(this::extract);
        }
    }

    private void extract(ContentQueue.Job job) {
        Optional<StoredFile> file = uploads.find(job.file()).filter(found -> found.state() == StoredFile.State.READY
                && found.size() <= settings.search().contentBytes());
        Optional<Kind> kind = file.flatMap(found -> ContentTypes.kind(found.type()));
        if (kind.isEmpty()) {
            queue.done(job, "");
            return;
        }
        try (InputStream bytes = files.open(file.get(), 0, file.get().size())) {
            end(job, extractor.extract(kind.get(), bytes));
        } catch (IOException | RuntimeException unreachable) {
            LOG.log(Level.WARNING, "The text of a file could not be extracted: {0}", unreachable.getMessage());
            if (job.tries() >= ContentQueue.MOST_TRIES) {
                queue.done(job, "");
            }
        }
    }

    // A machine without time or memory may have ended the process: then it is tried again after the lease.
    private void end(ContentQueue.Job job, Extractor.Extraction extraction) {
        boolean mayBeChance = extraction.outcome() == Outcome.FAILED || extraction.outcome() == Outcome.TOO_SLOW;
        if (!stopping && (!mayBeChance || job.tries() >= MOST_FAILURES)) {
            queue.done(job, extraction.text());
        }
        count(extraction.outcome(), 1);
    }

    private void count(Outcome outcome, int times) {
        metrics.count("parley_file_texts_total", "Attempts of this instance to extract the text of a file, by outcome.", "outcome",
                outcome.name().toLowerCase(Locale.ROOT)).add(times);
    }

    @PreDestroy
    void stop() {
        stopping = true;
        if (sweep != null) {
            sweep.stop();
        }
        if (loop != null) {
            loop.stop();
            extractor.stop();
            timer.shutdownNow();
        }
    }
}
