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
import parley.metrics.Distribution;
import parley.metrics.Metrics;
import parley.settings.Settings;

/** What the instance tells of itself: which build it is, how it is with the issuer, and what its process uses. */
@ApplicationScoped
class InstanceMetrics {

    private static final double MILLIS = 1_000;

    /** For the container's proxy. */
    protected InstanceMetrics() {
    }

    @Inject
    InstanceMetrics(Metrics metrics, Settings settings, IssuerKeys keys) {
        metrics.info("parley_build_info", "Which build this is, and the instance's own name.", "version", settings.build(),
                "revision", settings.revision(), "node", settings.node());
        metrics.gauge("parley_issuer_keys_age_seconds", "How long ago the token issuer's keys were read. They are read when they are needed.",
                () -> age(keys.readAt()));
        metrics.gauge("parley_issuer_out_of_reach_seconds", "For how long the token issuer's keys have been out of reach, 0 while they are not.",
                () -> keys.unreachableSince().isPresent() ? age(keys.unreachableSince()) : 0);
        memory(metrics);
        process(metrics);
    }

    private static double age(Optional<Instant> since) {
        return since.map(then -> Duration.between(then, Instant.now()).toMillis() / MILLIS).orElse(Double.NaN);
    }

    // By the names that exporters for Java use, so that their dashboards and rules work.
    private static void memory(Metrics metrics) {
        metrics.gauge("jvm_memory_used_bytes", "Memory that the JVM uses.", () -> heap(MemoryUsage::getUsed), "area", "heap");
        metrics.gauge("jvm_memory_max_bytes", "Memory that the JVM may use.", () -> heap(MemoryUsage::getMax), "area", "heap");
        metrics.count("jvm_gc_seconds_total", "Time that collecting garbage took, all collectors together.",
                () -> ManagementFactory.getGarbageCollectorMXBeans().stream().mapToLong(GarbageCollectorMXBean::getCollectionTime).sum() / MILLIS);
        metrics.gauge("jvm_threads_current", "Threads of the JVM.", () -> ManagementFactory.getThreadMXBean().getThreadCount());
    }

    private static double heap(ToLongFunction<MemoryUsage> part) {
        return part.applyAsLong(ManagementFactory.getMemoryMXBean().getHeapMemoryUsage());
    }

    private static void process(Metrics metrics) {
        metrics.gauge("process_start_time_seconds", "When the process started, since 1970.",
                () -> ManagementFactory.getRuntimeMXBean().getStartTime() / MILLIS);
        if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
            metrics.count("process_cpu_seconds_total", "Processor time of the process.", () -> system.getProcessCpuTime() / Distribution.SECOND);
        }
        metrics.gauge("process_open_fds", "Files and sockets that the process has open.",
                () -> files(UnixOperatingSystemMXBean::getOpenFileDescriptorCount));
        metrics.gauge("process_max_fds", "Files and sockets that the process may have open.",
                () -> files(UnixOperatingSystemMXBean::getMaxFileDescriptorCount));
    }

    private static double files(ToDoubleFunction<UnixOperatingSystemMXBean> number) {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix ? number.applyAsDouble(unix) : Double.NaN;
    }
}
