package parley.people;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.logging.Level;
import java.util.logging.Logger;
import parley.identity.Caller;
import parley.protocol.User;
import parley.sql.DatabaseFailure;
import parley.threads.ManagedThreads;

/**
 * Feeds the directory with sign-ins, on its own thread: at most one write for each person and day, unless the name or picture changed. A
 * sign-in that can't be written, or comes while {@value #MOST_WAITING} people wait, is dropped and written at the person's next one. Safe
 * for every thread; {@link #signedIn} never waits.
 */
@ApplicationScoped
public class SignIns {

    /** The most people who wait for a write. */
    static final int MOST_WAITING = 10_000;

    private static final Logger LOG = Logger.getLogger(SignIns.class.getName());
    private static final int BATCH = 100;
    private static final int REMEMBERED = 50_000;

    /** The latest written sign-in of people. */
    private final Cache<String, SignIn> written = Caffeine.newBuilder().maximumSize(REMEMBERED).build();
    // Guarded by itself.
    private final Map<String, SignIn> waiting = new LinkedHashMap<>();
    private Directory directory;
    private Thread writer;
    // Used only by the writer.
    private boolean failing;
    // Guarded by waiting.
    private boolean stopped;

    /** For the container's proxy. */
    protected SignIns() {
    }

    @Inject
    SignIns(Directory directory, ManagedThreads managed) {
        this(directory, managed.named("parley-people"));
    }

    SignIns(Directory directory, ThreadFactory threads) {
        this.directory = directory;
        writer = threads.newThread(this::writeRepeatedly);
    }

    /** Starts to write. Call it once, when the database has its schema. */
    public void begin() {
        writer.start();
    }

    /** Takes the sign-in of a caller whose token was verified. */
    public void signedIn(Caller caller) {
        SignIn signIn = SignIn.of(caller, Instant.now());
        SignIn before = written.getIfPresent(signIn.id());
        if (before != null && signIn.repeats(before)) {
            return;
        }
        synchronized (waiting) {
            SignIn earlier = waiting.get(signIn.id());
            boolean newer = earlier == null ? waiting.size() < MOST_WAITING : !signIn.repeats(earlier);
            if (newer) {
                waiting.put(signIn.id(), signIn);
                waiting.notifyAll();
            }
        }
    }

    /** Writes the sign-in of a caller now. Waits for the database; throws if it refuses. */
    public void write(Caller caller) {
        write(List.of(SignIn.of(caller, Instant.now())));
    }

    /**
     * Makes a person known who has not signed in yet. A sign-in has named the person already: then nothing changes. Waits for the database;
     * throws if it refuses.
     */
    public void introduce(User person) {
        write(List.of(new SignIn(person.id(), person.name(), Optional.empty(), 0, 0)));
    }

    /** This person, if this instance has a sign-in that is not written yet. */
    Optional<User> waiting(String id) {
        synchronized (waiting) {
            return Optional.ofNullable(waiting.get(id)).map(signIn -> new User(id, signIn.name()));
        }
    }

    private void writeRepeatedly() {
        try {
            for (List<SignIn> batch = next(); !batch.isEmpty(); batch = next()) {
                writeOrDrop(batch);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    // Empty when the application stops.
    private List<SignIn> next() throws InterruptedException {
        synchronized (waiting) {
            while (waiting.isEmpty() && !stopped) {
                waiting.wait();
            }
            // They wait until they are written, so that the people exist meanwhile.
            return stopped ? List.of() : waiting.values().stream().limit(BATCH).toList();
        }
    }

    private void writeOrDrop(List<SignIn> batch) {
        try {
            write(batch);
            failing = false;
        } catch (Throwable failed) {
            if (!failing) {
                LOG.log(Level.WARNING, "Sign-ins can''t be written; each person''s next one is tried again: {0}",
                        DatabaseFailure.message(failed));
            }
            failing = true;
        } finally {
            synchronized (waiting) {
                batch.forEach(signIn -> waiting.remove(signIn.id(), signIn));
            }
        }
    }

    private void write(List<SignIn> batch) {
        List<SignIn> stored;
        try {
            stored = directory.write(batch);
        } catch (RuntimeException refused) {
            if (!DatabaseFailure.concernsData(refused)) {
                throw refused;
            }
            // Another instance wrote one of these people at the same time. Now they can be read.
            stored = directory.write(batch);
        }
        stored.forEach(signIn -> written.put(signIn.id(), signIn));
    }

    @PreDestroy
    void stop() {
        // Not by an interrupt: it would close H2's file while the writer uses it.
        synchronized (waiting) {
            stopped = true;
            waiting.notifyAll();
        }
    }
}
