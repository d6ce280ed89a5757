package parley.notify;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import parley.feature.Features;
import parley.health.Started;
import parley.metrics.Metrics;
import parley.people.Access;
import parley.protocol.Feature;
import parley.settings.Settings;
import parley.threads.Loop;
import parley.threads.ManagedThreads;

/**
 * Sends push jobs to push services. Each instance leases the jobs that it sends, so a job of a killed instance is sent by another one after
 * its lease, with the same topic: the browser shows it once.
 */
@ApplicationScoped
class PushSender {

    private static final Logger LOG = Logger.getLogger(PushSender.class.getName());
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int THREADS = 8;
    /** Jobs at once: the last of them must be sent within the lease. */
    private static final int AT_ONCE = 32;

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

    private Loop loop;
    private ExecutorService threads;
    private ScheduledThreadPoolExecutor timer;
    private PushConnection connection;
    private PushMessages messages;

    void start(@Observes Started started) {
        if (!features.isOn(Feature.NOTIFICATIONS) || loop != null) {
            return;
        }
        timer = new ScheduledThreadPoolExecutor(1, managed.named("parley-push-timer"));
        timer.setRemoveOnCancelPolicy(true);
        connection = new PushConnection(timer, TIMEOUT);
        messages = new PushMessages(keys::get, settings.push().contact(), settings.push().withText());
        threads = managed.pool("push", THREADS, AT_ONCE);
        for (String outcome : List.of("sent", "gone", "refused", "failed", "shown", "later", "unneeded")) {
            count(outcome, 0);
        }
        loop = managed.repeat("Web Push", PAUSE, this::send);
    }

    private void send() {
        List<PushRows.Job> jobs;
        do {
            jobs = rows.lease(Instant.now(), AT_ONCE);
            send(jobs);
        } while (jobs.size() == AT_ONCE && !Thread.currentThread().isInterrupted());
    }

    private void send(List<PushRows.Job> jobs) {
        if (jobs.isEmpty()) {
            return;
        }
        Instant now = Instant.now();
        Set<String> present = connected.present(jobs.stream().map(PushRows.Job::person).collect(Collectors.toSet()),
                now.minus(PushOutcome.ABSENT), now);
        List<Future<?>> sending = new ArrayList<>();
        for (PushRows.Job job : jobs) {
            if (job.to().isEmpty() || job.isDone() || access.refusal(job.person()).isPresent()) {
                carryOut(job, new PushOutcome.Dropped("unneeded"));
            } else if (job.notification() > 0 && present.contains(job.person())) {
                carryOut(job, PushOutcome.present(job, now));
            } else {
                sending.add(threads.submit(() -> carryOut(job, sent(job, job.to().orElseThrow()))));
            }
        }
        sending.forEach(PushSender::await);
    }

    private PushOutcome sent(PushRows.Job job, PushSubscription to) {
        try {
            PushMessages.Request request = job.notification() > 0 ? messages.showing(job.shown().orElseThrow(), to)
                    : messages.withdrawing(job.withdrawn(), to);
            return PushOutcome.of(connection.post(to.endpoint(), endpoints.resolve(to.endpoint()), request.headers(), request.body()), job,
                    Instant.now());
        } catch (PushEndpoints.RefusedAddress refused) {
            return new PushOutcome.Dropped("refused");
        } catch (IOException unreachable) {
            LOG.log(Level.FINE, "A push service could not be reached", unreachable);
            return PushOutcome.unreachable(job, Instant.now());
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

    private static void await(Future<?> sending) {
        try {
            sending.get();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException failed) {
            // Its lease ends, and it is tried again.
            LOG.log(Level.WARNING, "A push could not be sent", failed.getCause());
        }
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
