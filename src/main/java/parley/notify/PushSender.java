package parley.notify;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import parley.feature.Features;
import parley.health.Started;
import parley.metrics.Metrics;
import parley.outgoing.Hosts;
import parley.people.Access;
import parley.protocol.Feature;
import parley.settings.Settings;
import parley.threads.Loop;
import parley.threads.ManagedThreads;

/**
 * Sends push jobs to push services. Each instance leases the jobs that it sends, so a job of a killed instance is sent by another one after
 * its lease, with the same topic: the browser shows it once. Each host has a bounded share of the threads ({@link PushHosts}).
 */
@ApplicationScoped
class PushSender {

    private static final Logger LOG = Logger.getLogger(PushSender.class.getName());
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    /** Jobs at once. Several hosts that don't answer leave threads to the others. */
    private static final int THREADS = 4 * PushHosts.MOST_AT_ONCE;
    /** How long a push that ends is waited for before the next look. */
    private static final long NEXT_LOOK_MILLIS = 100;

    @Inject
    private Features features;
    @Inject
    private Settings settings;
    @Inject
    private ManagedThreads managed;
    @Inject
    private Metrics metrics;
    @Inject
    private PushRows rows;
    @Inject
    private ConnectedRows connected;
    @Inject
    private PushEndpoints endpoints;
    @Inject
    private VapidKeys keys;
    @Inject
    private Access access;

    private final PushHosts hosts = new PushHosts();
    /** A permit for each thread without a job. */
    private final Semaphore free = new Semaphore(THREADS);
    private final Semaphore ended = new Semaphore(0);
    private Loop loop;
    private ExecutorService threads;
    private ScheduledThreadPoolExecutor timer;
    private PushConnection connection;
    private PushMessages messages;

    void start(@Observes Started started) {
        if (!features.isAllowed(Feature.NOTIFICATIONS) || loop != null) {
            return;
        }
        timer = managed.timer("push");
        connection = new PushConnection(timer, TIMEOUT);
        messages = new PushMessages(keys::get, settings.push().contact(), settings.push().withText());
        threads = managed.pool("push", THREADS, THREADS);
        for (String outcome : List.of("sent", "gone", "refused", "failed", "shown", "later", "unneeded")) {
            count(outcome, 0);
        }
        loop = managed.repeat("Web Push", PAUSE, this::send);
    }

    private void send() {
        boolean leased;
        do {
            ended.drainPermits();
            int places = free.availablePermits();
            Instant now = Instant.now();
            List<PushRows.Job> jobs = places == 0 ? List.of() : rows.lease(now, places, hosts.openings(now));
            begin(jobs, now);
            leased = !jobs.isEmpty();
        } while (leased || isSending() && waitForOne());
    }

    private boolean isSending() {
        return free.availablePermits() < THREADS;
    }

    // Returns false if this thread has to stop.
    private boolean waitForOne() {
        try {
            ended.tryAcquire(NEXT_LOOK_MILLIS, TimeUnit.MILLISECONDS);
            return true;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void begin(List<PushRows.Job> jobs, Instant now) {
        if (jobs.isEmpty()) {
            return;
        }
        Set<String> present = connected.present(jobs.stream().map(PushRows.Job::person).collect(Collectors.toSet()),
                now.minus(PushOutcome.ABSENT), now);
        for (PushRows.Job job : jobs) {
            if (job.to().isEmpty() || job.isDone() || access.refusal(job.person()).isPresent()) {
                carryOut(job, new PushOutcome.Dropped("unneeded"));
            } else if (job.notification() > 0 && present.contains(job.person())) {
                carryOut(job, PushOutcome.present(job, now));
            } else {
                begin(job, job.to().orElseThrow());
            }
        }
    }

    private void begin(PushRows.Job job, PushSubscription to) {
        free.acquireUninterruptibly();
        hosts.begin(job.host());
        threads.execute(() -> {
            boolean reached = true;
            try {
                reached = send(job, to);
            } catch (RuntimeException | Error failed) {
                // Its lease ends, and it is tried again.
                LOG.log(Level.WARNING, "A push could not be sent", failed);
            } finally {
                hosts.end(job.host(), reached, Instant.now());
                free.release();
                ended.release();
            }
        });
    }

    // Returns whether the host was reached.
    private boolean send(PushRows.Job job, PushSubscription to) {
        try {
            PushMessages.Request request = job.notification() > 0 ? messages.showing(job.shown().orElseThrow(), to)
                    : messages.withdrawing(job.withdrawn(), to);
            PushConnection.Answer answer = connection.post(to.endpoint(), endpoints.resolve(to.endpoint()), request.headers(),
                    request.body());
            carryOut(job, PushOutcome.of(answer, job, Instant.now()));
            return true;
        } catch (Hosts.RefusedHost refused) {
            carryOut(job, new PushOutcome.Dropped("refused"));
            return true;
        } catch (IOException unreachable) {
            LOG.log(Level.FINE, "A push service could not be reached", unreachable);
            carryOut(job, PushOutcome.unreachable(job, Instant.now()));
            return false;
        }
    }

    private void carryOut(PushRows.Job job, PushOutcome outcome) {
        switch (outcome) {
            case PushOutcome.Sent sent -> {
                rows.sent(job, Instant.now());
                count("sent", 1);
            }
            case PushOutcome.Dropped dropped -> {
                rows.drop(job);
                count(dropped.why(), 1);
            }
            case PushOutcome.Gone gone -> {
                job.to().ifPresent(to -> rows.remove(to.id(), to.person()));
                count("gone", 1);
            }
            case PushOutcome.Later later -> {
                rows.postpone(job, later.due(), later.attempts());
                if (later.attempts() > job.attempts()) {
                    job.to().ifPresent(to -> rows.postponeOthers(job, to, later.due()));
                }
                count("later", 1);
            }
        }
    }

    private void count(String outcome, int times) {
        metrics.count("parley_pushes_total", "Push jobs that this instance looked at, by outcome.", "outcome", outcome).add(times);
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
