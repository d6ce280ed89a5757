package parley.tracing;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.CDI;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Traces through the server's OpenTelemetry. No other class may use its API, which a server may lack. */
final class OpenTelemetryTraces implements Traces {

    private static final Logger LOG = Logger.getLogger(OpenTelemetryTraces.class.getName());
    private static final String SCOPE = "parley";

    private final Tracer tracer;
    private final String instance;

    private OpenTelemetryTraces(Tracer tracer, String instance) {
        this.tracer = tracer;
        this.instance = instance;
    }

    /** The traces of the application that the calling thread deploys; empty if the server offers it no OpenTelemetry. */
    static Optional<Traces> ofThisApplication(String instance) {
        Instance<OpenTelemetry> offered = CDI.current().select(OpenTelemetry.class);
        return offered.isResolvable() ? Optional.of(new OpenTelemetryTraces(offered.get().getTracer(SCOPE), instance)) : Optional.empty();
    }

    // A header of the handshake must not decide what is sampled, so a command has no parent.
    @Override
    public Trace command(String type) {
        return begin(type, builder(type).setSpanKind(SpanKind.SERVER).setNoParent());
    }

    @Override
    public Trace request(String type) {
        return begin(type, builder(type));
    }

    private SpanBuilder builder(String type) {
        return tracer.spanBuilder("command " + type);
    }

    private Trace begin(String type, SpanBuilder builder) {
        Clock clock = Clock.now();
        Span span = builder.setStartTimestamp(clock.nanos, TimeUnit.NANOSECONDS).startSpan();
        if (!span.isRecording()) {
            return Trace.NONE;
        }
        span.setAttribute("parley.command", type).setAttribute("parley.instance", instance);
        return new SpanTrace(span, clock);
    }

    /**
     * Relates {@link System#nanoTime} to the time of day, so that all spans of a trace have the same clock.
     *
     * @param ticks a value of nanoTime
     * @param nanos the time of day then, since 1970
     */
    private record Clock(long ticks, long nanos) {

        static Clock now() {
            Instant now = Instant.now();
            return new Clock(System.nanoTime(), TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano());
        }

        long nanosAt(long time) {
            return nanos + time - ticks;
        }
    }

    private final class SpanTrace implements Trace {

        private final Span span;
        private final Clock clock;

        SpanTrace(Span span, Clock clock) {
            this.span = span;
            this.clock = clock;
        }

        @Override
        public void commit(int batch, boolean stored, long start, long end) {
            quietly(() -> {
                Span commit = child("commit", start).setAttribute("parley.batch.size", batch);
                if (!stored) {
                    commit.setStatus(StatusCode.ERROR);
                }
                end(commit, end);
            });
        }

        @Override
        public void deliver(long start, long end) {
            quietly(() -> end(child("deliver", start), end));
        }

        @Override
        public void end(String outcome) {
            quietly(() -> end(span.setAttribute("parley.outcome", outcome), System.nanoTime()));
        }

        private Span child(String name, long start) {
            return tracer.spanBuilder(name).setParent(Context.root().with(span))
                    .setStartTimestamp(clock.nanosAt(start), TimeUnit.NANOSECONDS).startSpan();
        }

        private void end(Span ending, long time) {
            ending.end(clock.nanosAt(time), TimeUnit.NANOSECONDS);
        }

        // The administrator may have added processors of spans. Their failure must not look like a failed commit.
        private static void quietly(Runnable recording) {
            try {
                recording.run();
            } catch (RuntimeException | Error defect) {
                LOG.log(Level.FINE, "A span could not be recorded", defect);
            }
        }
    }
}
