package parley.application;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.naming.Binding;
import javax.naming.InitialContext;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import parley.journal.Committed;
import parley.protocol.MessageChange;
import parley.protocol.RoomEvent;
import parley.threads.ManagedThreads;

/**
 * Tells applications of the messages that this instance commits. An application binds its listener under {@code parley/listeners} in JNDI
 * and calls the port. Each listener has one thread and a queue of its own, so a slow application delays nobody.
 */
@ApplicationScoped
class Listeners {

    private static final Logger LOG = Logger.getLogger(Listeners.class.getName());
    private static final String FOLDER = "parley/listeners";
    private static final int LONGEST_QUEUE = 10_000;
    private static final int IDLE_SECONDS = 30;

    @Inject
    private ManagedThreads managed;

    /** Changed as a whole. */
    private volatile Map<String, Listener> all = Map.of();

    private record Listener(Set<?> rooms, boolean observesAll, Consumer<Map<String, Object>> consumer, ThreadPoolExecutor thread,
                            AtomicBoolean isLate) {

        boolean observes(String room) {
            return observesAll || rooms.contains(room);
        }
    }

    /** Reads the listeners again. */
    synchronized void refresh() {
        Map<String, Supplier<Map<String, Object>>> bound = bound();
        Map<String, Listener> next = new HashMap<>();
        bound.forEach((name, entry) -> next.put(name, all.containsKey(name) ? all.get(name) : listener(entry.get())));
        all.forEach((name, listener) -> {
            if (!next.containsKey(name)) {
                listener.thread().shutdownNow();
            }
        });
        all = Map.copyOf(next);
    }

    @SuppressWarnings("unchecked") // Only the JAR for applications binds names there.
    private static Map<String, Supplier<Map<String, Object>>> bound() {
        Map<String, Supplier<Map<String, Object>>> bound = new HashMap<>();
        try {
            for (Binding binding : Collections.list(new InitialContext().listBindings(FOLDER))) {
                bound.put(binding.getName(), (Supplier<Map<String, Object>>) binding.getObject());
            }
        } catch (NamingException none) {
            LOG.log(isAbsent(none) ? Level.FINE : Level.WARNING, "The listeners of applications could not be read", none);
        }
        return bound;
    }

    // The folder is there as soon as an application observes messages.
    private static boolean isAbsent(NamingException failed) {
        return failed instanceof NameNotFoundException || failed.getRootCause() instanceof NameNotFoundException;
    }

    @SuppressWarnings("unchecked") // As above.
    private Listener listener(Map<String, Object> entry) {
        ThreadPoolExecutor thread = new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(LONGEST_QUEUE),
                managed.named("parley-observers"));
        thread.allowCoreThreadTimeOut(true);
        return new Listener((Set<?>) entry.get("rooms"), Boolean.TRUE.equals(entry.get("all")),
                (Consumer<Map<String, Object>>) entry.get("listener"), thread, new AtomicBoolean());
    }

    void committed(@Observes Committed batch) {
        Map<String, Listener> listeners = all;
        if (listeners.isEmpty() || !batch.here()) {
            return;
        }
        for (Committed.RoomBatch room : batch.rooms()) {
            List<Listener> interested = listeners.values().stream().filter(listener -> listener.observes(room.view().id())).toList();
            room.events().forEach(event -> interested.forEach(listener -> tell(listener, event)));
        }
    }

    private static void tell(Listener listener, RoomEvent event) {
        if (!(event.change() instanceof MessageChange.Posted posted)) {
            return;
        }
        Map<String, Object> told = Map.of("room", event.room(), "offset", event.offset(), "at", event.at(), "user", event.by().id(),
                "name", event.by().name(), "text", posted.text(), "thread", posted.thread());
        try {
            listener.thread().execute(() -> tell(listener, told));
            listener.isLate().set(false);
        } catch (RejectedExecutionException full) {
            if (!listener.isLate().getAndSet(true)) {
                LOG.log(Level.WARNING, "An application observes messages too slowly; {0} wait, and others are dropped", LONGEST_QUEUE);
            }
        }
    }

    private static void tell(Listener listener, Map<String, Object> told) {
        try {
            listener.consumer().accept(told);
        } catch (RuntimeException | Error failed) {
            LOG.log(Level.WARNING, "An observer of an application failed", failed);
        }
    }

    @PreDestroy
    void stop() {
        all.values().forEach(listener -> listener.thread().shutdownNow());
        all = Map.of();
    }
}
