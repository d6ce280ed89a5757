package parley.socket;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import parley.metrics.Counter;
import parley.metrics.Metrics;

/** Counts commands by type and outcome. It caches the counters: a lookup in the registry takes longer than most commands. */
@ApplicationScoped
class CommandMetrics {

    @Inject
    private Metrics metrics;

    private final Map<String, Map<String, Counter>> counts = new ConcurrentHashMap<>();

    /** Counts one command. Type and outcome come from closed lists, which bounds the number of counters. */
    void count(String type, String outcome) {
        counts.computeIfAbsent(type, first -> new ConcurrentHashMap<>())
                .computeIfAbsent(outcome, first -> metrics.count("parley_commands_total",
                        "Commands, by type and outcome: ok or the error code.", "type", type, "outcome", outcome))
                .increment();
    }
}
