package parley.ops;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import parley.identity.IssuerKeys;
import parley.metrics.Histogram;
import parley.metrics.Metrics;
import parley.settings.Settings;

/** Metrics of the instance itself: build, token issuer, JVM and process. */
@ApplicationScoped
class InstanceMetrics {

    private static final double MILLIS = 1_000;

    /** For the container's proxy. */
    protected InstanceMetrics() {
    }

    @Inject
    InstanceMetrics(Metrics metrics, Settings settings, IssuerKeys keys) {
        metrics.info("parley_build_info", "The build and the name of this instance.", "version", settings.instance().build(),
                "revision", settings.instance().revision(), "node", settings.instance().name());
        metrics.gauge("parley_issuer_keys_age_seconds", "Time since the token issuer's keys were last read. They are read on demand.",
                () -> age(keys.readAt()));
        metrics.gauge("parley_issuer_out_of_reach_seconds",
                "For how long the token issuer's keys have been out of reach, 0 while they are not.",
                () -> keys.unreachableSince().isPresent() ? age(keys.unreachableSince()) : 0);
        memory(metrics);
        process(metrics);
    }

    private static double age(Optional<Instant> since) {
        return since.map(moment -> Duration.between(moment, Instant.now()).toMillis() / MILLIS).orElse(Double.NaN);
    }

    // The names of the common Java exporters, so that existing dashboards and rules work.
    private static void memory(Metrics metrics) {
        metrics.gauge("jvm_memory_used_bytes", "Used memory of the JVM.", () -> heap(MemoryUsage::getUsed), "area", "heap");
        metrics.gauge("jvm_memory_max_bytes", "Maximum memory of the JVM.", () -> heap(MemoryUsage::getMax), "area", "heap");
        metrics.count("jvm_gc_seconds_total", "Total time of garbage collection, all collectors together.",
                () -> ManagementFactory.getGarbageCollectorMXBeans().stream()
                        .mapToLong(GarbageCollectorMXBean::getCollectionTime).sum() / MILLIS);
        metrics.gauge("jvm_threads_current", "Current number of threads.", () -> ManagementFactory.getThreadMXBean().getThreadCount());
    }

    private static double heap(ToLongFunction<MemoryUsage> reading) {
        return reading.applyAsLong(ManagementFactory.getMemoryMXBean().getHeapMemoryUsage());
    }

    private static void process(Metrics metrics) {
        metrics.gauge("process_start_time_seconds", "Start time of the process, in seconds since 1970.",
                () -> ManagementFactory.getRuntimeMXBean().getStartTime() / MILLIS);
        if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
            metrics.count("process_cpu_seconds_total", "CPU time of the process.", () -> system.getProcessCpuTime() / Histogram.SECOND);
        }
        metrics.gauge("process_open_fds", "Open file descriptors, sockets included.",
                () -> descriptors(UnixOperatingSystemMXBean::getOpenFileDescriptorCount));
        metrics.gauge("process_max_fds", "Maximum number of open file descriptors.",
                () -> descriptors(UnixOperatingSystemMXBean::getMaxFileDescriptorCount));
    }

    private static double descriptors(ToDoubleFunction<UnixOperatingSystemMXBean> reading) {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? reading.applyAsDouble(unix) : Double.NaN;
    }
}
