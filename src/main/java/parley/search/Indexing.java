package parley.search;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.store.LockObtainFailedException;
import parley.content.FileContents;
import parley.feature.Features;
import parley.health.Started;
import parley.hub.Doubts;
import parley.hub.Overheard;
import parley.journal.Committed;
import parley.journal.EpochRenewed;
import parley.metrics.Metrics;
import parley.protocol.Feature;
import parley.settings.Settings;
import parley.threads.Loop;
import parley.threads.ManagedThreads;

/**
 * Keeps the index of this instance where the logs are, on its own thread: opens it, takes what was committed, catches up, and removes what
 * retention removed. An index that fails is opened again as of its last commit.
 */
@ApplicationScoped
class Indexing {

    private static final Logger LOG = Logger.getLogger(Indexing.class.getName());
    private static final Duration PAUSE = Duration.ofMillis(300);
    /** How long logs are read before what was committed meanwhile is taken. */
    private static final Duration SLICE = Duration.ofSeconds(1);
    /** How often positions are compared with heads: that finds what neither this instance's journal nor the bus reported. */
    private static final Duration COMPARE = Duration.ofSeconds(30);
    /** The same while no event can have been lost. */
    private static final Duration COMPARE_QUIETLY = Duration.ofMinutes(5);
    private static final Duration COMMIT = Duration.ofSeconds(10);
    /** How often texts of files and of documents are looked for. */
    private static final Duration CONTENTS = Duration.ofSeconds(1);
    /** How often the words of removed messages leave the files, so that they are gone within a minute. */
    private static final Duration PURGE = Duration.ofSeconds(15);

    @Inject
    private Settings settings;
    @Inject
    private Features features;
    @Inject
    private ManagedThreads managed;
    @Inject
    private StoredLogs logs;
    @Inject
    private Metrics metrics;
    @Inject
    private Doubts doubts;
    @Inject
    private FileContents contents;

    private final Pending pending = new Pending();
    private final Pace pace = new Pace(System::nanoTime);
    private final Due compare = new Due();
    private final Due newContents = new Due();
    private final Due newDocuments = new Due();
    private final Due commit = new Due();
    private final Due purge = new Due();
    private IndexDirectory directory;
    private Loop loop;
    private volatile boolean on;
    private volatile boolean stopping;
    private volatile boolean behind = true;
    private volatile int roomsBehind;
    private volatile SearchIndex index;
    private Fold fold;
    private boolean waitsForLock;

    /** When something periodic is due: at once for the first time. For one thread. */
    private static final class Due {

        private long last;
        private boolean now = true;

        void now() {
            now = true;
        }

        boolean take(Duration every) {
            boolean due = now || System.nanoTime() - last >= every.toNanos();
            if (due) {
                last = System.nanoTime();
                now = false;
            }
            return due;
        }
    }

    @PostConstruct
    void prepare() {
        directory = IndexDirectory.of(settings);
    }

    void start(@Observes Started started) {
        on = features.isAllowed(Feature.SEARCH);
        if (!on) {
            deleteIndex();
        } else if (loop == null) {
            metrics.gauge("parley_search_messages", "Messages and documents in the search index.",
                    () -> index().map(open -> (double) open.messages()).orElse(Double.NaN));
            metrics.gauge("parley_search_bytes", "Size of the search index.", this::bytes);
            metrics.gauge("parley_search_rooms_behind", "Rooms whose logs have events that the search index lacks.",
                    () -> roomsBehind);
            loop = managed.repeat("search index", PAUSE, this::pass);
        }
    }

    // Called on a writer thread.
    void committed(@Observes Committed batch) {
        if (on) {
            batch.rooms().forEach(pending::add);
            if (batch.here()) {
                batch.rooms().forEach(room -> pace.note(room.events().size()));
            }
        }
    }

    void overheard(@Observes Overheard events) {
        if (on) {
            pending.readLog(events.room());
        }
    }

    void epochRenewed(@Observes EpochRenewed renewed) {
        if (on) {
            pending.readLog(renewed.room());
        }
    }

    /** The index; empty while it is being opened. */
    Optional<SearchIndex> index() {
        return Optional.ofNullable(index);
    }

    /** Whether the logs may have messages that the index lacks. */
    boolean isBehind() {
        return behind;
    }

    private synchronized void pass() {
        if (stopping || index == null && !open()) {
            return;
        }
        if (!pace.allows()) {
            behind = true;
            return;
        }
        long begin = System.nanoTime();
        try {
            step();
            pace.worked(begin);
        } catch (AlreadyClosedException | IOException failed) {
            abandon();
            throw new IllegalStateException("The search index failed and is opened again", failed);
        } catch (RuntimeException failed) {
            // What was taken is missing in the index.
            compare.now();
            behind = true;
            throw failed;
        }
    }

    private void step() throws IOException {
        Pending.All news = pending.take();
        if (news.lost()) {
            compare.now();
        }
        long begin = System.nanoTime();
        BooleanSupplier goesOn = () -> System.nanoTime() - begin < SLICE.toNanos() && !stopping;
        if (contents.areOn() && newContents.take(CONTENTS)) {
            fold.takeContents(goesOn);
        }
        if (features.isAllowed(Feature.DOCUMENTS) && newDocuments.take(CONTENTS)) {
            fold.takeDocuments(goesOn);
        }
        if (compare.take(doubts.areQuietSince(COMPARE.multipliedBy(2)) ? COMPARE_QUIETLY : COMPARE)) {
            fold.compare();
        }
        fold.take(news.rooms());
        fold.catchUp(goesOn);
        index.refresh();
        roomsBehind = fold.roomsBehind();
        behind = fold.isBehind();
        if (purge.take(PURGE)) {
            fold.forget();
            index.purge();
        }
        if (commit.take(COMMIT)) {
            index.commit();
        }
    }

    private boolean open() {
        try {
            directory.create();
            index = SearchIndex.open(directory.path(), contents.areOn());
            fold = new Fold(index, logs);
            compare.now();
            waitsForLock = false;
            return true;
        } catch (LockObtainFailedException held) {
            // The application that this one replaces has not closed it yet.
            if (!waitsForLock) {
                LOG.log(Level.INFO, "The search index in {0} is still open elsewhere; this is tried again", directory.path());
                waitsForLock = true;
            }
            return false;
        } catch (IOException failed) {
            throw new IllegalStateException("The search index in " + directory.path() + " can't be opened", failed);
        }
    }

    private void abandon() {
        SearchIndex failed = index;
        index = null;
        behind = true;
        try {
            failed.abandon();
        } catch (IOException | RuntimeException second) {
            LOG.log(Level.FINE, "A failed search index could not be closed", second);
        }
    }

    private double bytes() {
        SearchIndex open = index;
        try {
            return open == null ? Double.NaN : open.bytes();
        } catch (IOException changedMeanwhile) {
            return Double.NaN;
        }
    }

    // While search is off, no words of messages stay on the disk.
    private void deleteIndex() {
        try {
            SearchIndex.delete(directory.path());
        } catch (IOException failed) {
            LOG.log(Level.WARNING, "The search index in {0} could not be deleted: {1}", new Object[] {directory.path(), failed});
        }
    }

    @PreDestroy
    void stop() {
        stopping = true;
        if (loop != null) {
            close();
            loop.stop();
        }
    }

    // Waits for the present pass.
    private synchronized void close() {
        SearchIndex open = index;
        index = null;
        try {
            if (open != null) {
                open.close();
            }
            if (!directory.isLasting()) {
                SearchIndex.delete(directory.path());
            }
        } catch (IOException | RuntimeException failed) {
            LOG.log(Level.INFO, "The search index was not closed cleanly and catches up at the next start: {0}", failed.toString());
        }
    }
}
