package parley.administration;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import parley.health.Started;
import parley.hub.Connections;
import parley.settings.Settings;
import parley.threads.Loop;
import parley.threads.ManagedThreads;

/**
 * Writes how many connections this instance has, every ten seconds if that changed, so that every instance can show it for all. Nothing is
 * written for an instance that stopped: its rows no longer count.
 */
@ApplicationScoped
class CountingConnections {

    private static final Duration PAUSE = Duration.ofSeconds(10);

    @Inject
    private ManagedThreads managed;
    @Inject
    private Connections connections;
    @Inject
    private Settings settings;
    @Inject
    private ConnectionRows rows;

    private Loop loop;
    /** What was written last; null before that. Used only by the thread. */
    private Map<String, ClusterReport.Count> written;

    void start(@Observes Started started) {
        if (loop == null) {
            loop = managed.repeat("connection counts", PAUSE, this::write);
        }
    }

    private void write() {
        Map<String, ClusterReport.Count> counts = counts();
        if (!counts.equals(written)) {
            rows.replace(settings.instance().name(), counts.values());
            written = counts;
        }
    }

    private Map<String, ClusterReport.Count> counts() {
        Map<String, Integer> numbers = new TreeMap<>();
        Map<String, Set<String>> people = new HashMap<>();
        connections.forEach((person, kind) -> {
            numbers.merge(kind, 1, Integer::sum);
            people.computeIfAbsent(kind, one -> new HashSet<>()).add(person.id());
        });
        Map<String, ClusterReport.Count> counts = new TreeMap<>();
        numbers.forEach((kind, number) -> counts.put(kind, new ClusterReport.Count(kind, number, people.get(kind).size())));
        return counts;
    }
}
