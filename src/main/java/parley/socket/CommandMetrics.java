package parley.socket;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/** Commands by type and outcome. The counters are kept at hand: to look one up in the registry takes longer than most commands. */
@ApplicationScoped
class CommandMetrics {

    @Inject
    private MetricRegistry registry;

    private final Map<String, Map<String, Counter>> counters = new ConcurrentHashMap<>();

    /** Both come from closed lists, so there are few of them. */
    void count(String type, String outcome) {
        counters.computeIfAbsent(type, first -> new ConcurrentHashMap<>())
                .computeIfAbsent(outcome, first -> registry.counter("parley_commands_total", new Tag("type", type),
                        new Tag("outcome", outcome)))
                .inc();
    }
}
