package parley.socket;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import parley.metrics.Count;
import parley.metrics.Metrics;

/** Commands by type and outcome. The counts are kept at hand: to look one up in the registry takes longer than most commands. */
@ApplicationScoped
class CommandMetrics {

    @Inject
    private Metrics metrics;

    private final Map<String, Map<String, Count>> counts = new ConcurrentHashMap<>();

    /** Both come from closed lists, so there are few of them. */
    void count(String type, String outcome) {
        counts.computeIfAbsent(type, first -> new ConcurrentHashMap<>())
                .computeIfAbsent(outcome, first -> metrics.count("parley_commands_total",
                        "Commands over the socket, by type and by ok or the code of the error.", "type", type, "outcome", outcome))
                .one();
    }
}
