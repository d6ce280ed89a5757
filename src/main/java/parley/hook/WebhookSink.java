package parley.hook;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import parley.feature.Features;
import parley.outgoing.Endpoints;
import parley.outgoing.PinnedConnection;
import parley.outlet.Attempt;
import parley.outlet.Consumer;
import parley.outlet.OutgoingEvent;
import parley.outlet.Sink;
import parley.outlet.Taken;
import parley.protocol.Feature;
import parley.settings.Settings;
import parley.threads.ManagedThreads;

/** Posts the events of outlets to the URLs of their webhooks. */
@ApplicationScoped
class WebhookSink implements Sink {

    static final String KIND = "webhook";

    private Features features;
    private WebhookRows rows;
    private HookNotices notices;
    private Duration patience;
    private ScheduledThreadPoolExecutor timer;
    private WebhookPost posting;

    /** For the container's proxy. */
    protected WebhookSink() {
    }

    @Inject
    WebhookSink(Settings settings, Features features, ManagedThreads managed, WebhookRows rows, HookNotices notices) {
        this.features = features;
        this.rows = rows;
        this.notices = notices;
        patience = settings.hooks().patience();
        timer = managed.timer("webhook");
        posting = new WebhookPost(new Endpoints(settings.hooks().allowedHosts()), WebhookPost.over(new PinnedConnection(timer)),
                settings.hooks().timeout(), System::nanoTime);
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public boolean isOn() {
        return features.isOn(Feature.HOOKS);
    }

    @Override
    public Optional<Duration> patience() {
        return Optional.of(patience);
    }

    @Override
    public Taken take(Consumer consumer, List<OutgoingEvent> events, Instant until) {
        Optional<WebhookRows.Target> target = rows.target(consumer.id());
        if (target.isEmpty()) {
            // It was removed a moment ago.
            return Taken.all(events.size(), List.of());
        }
        List<Attempt> attempts = new ArrayList<>();
        for (OutgoingEvent event : events) {
            Instant begin = Instant.now();
            if (!attempts.isEmpty() && begin.isAfter(until)) {
                break;
            }
            Outcome outcome = posting.post(target.get(), event, begin);
            int attempt = attempts.isEmpty() ? consumer.failures() + 1 : 1;
            attempts.add(new Attempt(begin, event.id(), event.type(), outcome.status(), attempt,
                    (int) Duration.between(begin, Instant.now()).toMillis(), outcome.answer()));
            if (!outcome.isDelivered()) {
                return new Taken(attempts.size() - 1, attempts,
                        Optional.of(new Taken.Failure(outcome.status(), outcome.pause(), outcome.lasting())));
            }
        }
        return Taken.all(attempts.size(), attempts);
    }

    @Override
    public void disabled(Consumer consumer, String why) {
        notices.disabled(consumer, why);
    }

    @PreDestroy
    void stop() {
        if (timer != null) {
            timer.shutdownNow();
        }
    }
}
