package parley.notify;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import parley.metrics.Counter;
import parley.metrics.Metrics;
import parley.protocol.Event;
import parley.protocol.Why;
import parley.watch.Watchers;
import parley.watch.Watchers.Addressed;

/** Sends what was committed to the open pages of people. A page that misses it reads the list again after its reconnect. */
@ApplicationScoped
class Announcing {

    private final Map<Why, Counter> stored = new EnumMap<>(Why.class);

    @Inject
    private Watchers watchers;
    @Inject
    private Metrics metrics;

    @PostConstruct
    void registerMetrics() {
        for (Why why : Why.values()) {
            stored.put(why, metrics.count("parley_notifications_total", "Stored notifications.", "why", why.wire()));
        }
    }

    /** Announces new notifications, and removed ones. */
    void announce(Collection<Notification> made, Collection<NotificationRows.Removed> removed) {
        made.forEach(notification -> stored.get(notification.why()).increment());
        watchers.tell(made.stream().map(notification -> new Addressed(notification.person(), notification.event())).toList());
        withdraw(removed);
    }

    /** Announces that notifications are read or gone. */
    void withdraw(Collection<NotificationRows.Removed> removed) {
        watchers.tell(removed.stream().collect(Collectors.groupingBy(NotificationRows.Removed::person,
                Collectors.mapping(NotificationRows.Removed::id, Collectors.toList()))).entrySet().stream()
                .map(ofPerson -> new Addressed(ofPerson.getKey(), new Event.Withdrawn(0, ofPerson.getValue()))).toList());
    }

    /** Announces that a person read everything up to a notification. */
    void read(String person, long upTo) {
        watchers.tell(person, new Event.Withdrawn(upTo, List.of()));
    }
}
