package parley.preview;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import parley.feature.Features;
import parley.file.SmallPictures;
import parley.health.Started;
import parley.identity.Actor;
import parley.journal.Journal;
import parley.journal.Receipt;
import parley.message.History;
import parley.metrics.Metrics;
import parley.protocol.Feature;
import parley.protocol.LinkPreview;
import parley.protocol.Links;
import parley.protocol.Message;
import parley.settings.Settings;
import parley.threads.Loop;
import parley.threads.ManagedThreads;

/**
 * Finds the previews of messages that wait for them. Each instance leases the messages that it processes, so after the lease
 * another instance takes those of a killed one. A job is removed last: if it is done twice, the second time changes nothing.
 */
@ApplicationScoped
class Previewing {

    private static final Logger LOG = Logger.getLogger(Previewing.class.getName());
    private static final Duration PAUSE = Duration.ofMillis(500);
    /** Messages at once. */
    private static final int THREADS = 4;
    private static final int COMMIT_SECONDS = 10;
    private static final String NOBODY = "";

    @Inject
    private Features features;
    @Inject
    private Settings settings;
    @Inject
    private ManagedThreads managed;
    @Inject
    private Metrics metrics;
    @Inject
    private PreviewQueue queue;
    @Inject
    private PreviewPictures pictures;
    @Inject
    private SmallPictures small;
    @Inject
    private History history;
    @Inject
    private Journal journal;

    /** A permit for each thread without a job. */
    private final Semaphore free = new Semaphore(THREADS);
    private volatile int waiting;
    private Loop loop;
    private ExecutorService threads;
    private ScheduledThreadPoolExecutor timer;
    private Pages pages;

    void start(@Observes Started started) {
        if (!features.isAllowed(Feature.PREVIEWS) || loop != null) {
            return;
        }
        timer = managed.timer("preview");
        pages = new Pages(new PageFetcher(new PreviewHosts(settings.previews()), timer), small::of, Pages.LONGEST);
        threads = managed.pool("preview", THREADS, THREADS);
        metrics.queue("previews", PreviewQueue.MOST, () -> waiting, () -> Double.NaN);
        List.of("found", "none", "late").forEach(outcome -> count(outcome, 0));
        loop = managed.repeat("link previews", PAUSE, this::look);
    }

    private void look() {
        waiting = queue.count();
        List<PreviewQueue.Job> jobs = waiting == 0 || free.availablePermits() == 0 || !features.isOn(Feature.PREVIEWS) ? List.of()
                : queue.lease(free.availablePermits(), Instant.now());
        for (PreviewQueue.Job job : jobs) {
            free.acquireUninterruptibly();
            threads.execute(() -> {
                try {
                    preview(job);
                } catch (RuntimeException | Error failed) {
                    // Its lease ends, and it is tried again.
                    LOG.log(Level.WARNING, "The links of a message could not be previewed", failed);
                } finally {
                    free.release();
                }
            });
        }
    }

    private void preview(PreviewQueue.Job job) {
        Optional<Message> found = history.one(job.room(), job.message(), NOBODY).filter(message -> !message.deleted());
        List<LinkPreview> before = found.map(Message::previews).orElse(List.of());
        if (found.isEmpty() || job.isTooLate(Instant.now())) {
            end(job, before, "late");
        } else if (features.arePreviewsReadByAll()) {
            List<LinkPreview> added = added(job, found.get());
            if (added.isEmpty()) {
                end(job, before, "none");
            } else if (isStored(job, found.get(), added)) {
                end(job, history.one(job.room(), job.message(), NOBODY).map(Message::previews).orElse(List.of()), "found");
            }
        }
    }

    private List<LinkPreview> added(PreviewQueue.Job job, Message message) {
        List<LinkPreview> added = new ArrayList<>();
        for (String url : Links.of(message.text())) {
            if (message.previews().stream().noneMatch(preview -> preview.url().equals(url))) {
                pages.at(url).map(page -> new LinkPreview(url, page.text().title(), page.text().text(),
                        page.picture().map(picture -> pictures.add(job.room(), job.message(), picture)).orElse(""))).ifPresent(added::add);
            }
        }
        return added;
    }

    // Whether the job is done. After a temporary refusal, it is tried again after the lease.
    private boolean isStored(PreviewQueue.Job job, Message message, List<LinkPreview> added) {
        try {
            Receipt receipt = journal.submit(new AddPreviews(job.room(), new Actor(message.by(), false), job.message(), added))
                    .get(COMMIT_SECONDS, TimeUnit.SECONDS);
            return !(receipt instanceof Receipt.Refused refused && refused.problem().temporary());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException | ExecutionException failed) {
            LOG.log(Level.WARNING, "Previews of a message could not be stored; this is tried again", failed);
        }
        return false;
    }

    private void end(PreviewQueue.Job job, List<LinkPreview> shown, String outcome) {
        pictures.keep(job.room(), job.message(), shown.stream().map(LinkPreview::picture).toList());
        queue.done(job);
        count(outcome, 1);
    }

    private void count(String outcome, int times) {
        metrics.count("parley_previews_total", "Messages whose links this instance looked at, by outcome.", "outcome", outcome).add(times);
    }

    @PreDestroy
    void stop() {
        if (loop != null) {
            loop.stop();
            threads.shutdownNow();
            timer.shutdownNow();
        }
    }
}
