package parley.export;

import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import parley.lease.LeasedWork;

/**
 * The work on one export on this instance: opens its files, counts what they take, and now and then stores progress. It ends the work if
 * the export was cancelled, takes too much, or another instance does it. For one thread.
 */
final class Run implements FileWriter.Parts {

    /** It was cancelled. */
    static final class Cancelled extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** The export can't be made; the message says why, for an administrator. */
    static final class Impossible extends RuntimeException {
        private static final long serialVersionUID = 1;

        Impossible(String why) {
            super(why);
        }
    }

    /** Where parts, files and progress are stored. */
    interface Store {
        void addPart(int file, int part, byte[] compressed);

        void add(ExportedFile file);

        /** Returns whether the export was cancelled. */
        boolean progress(long stored);
    }

    private static final long EVERY_NANOS = 250_000_000L;

    private final ExportJob job;
    private final Store store;
    private final BooleanSupplier mayGoOn;
    private final LongSupplier nanoTime;
    private final long most;
    private int nextFile;
    private long stored;
    private long events;
    private long lookedAt;

    /**
     * @param stored bytes that the export takes already
     * @param most bytes that it may take
     */
    Run(ExportJob job, Store store, BooleanSupplier mayGoOn, LongSupplier nanoTime, long stored, long most) {
        this.job = job;
        this.store = store;
        this.mayGoOn = mayGoOn;
        this.nanoTime = nanoTime;
        this.most = most;
        this.stored = stored;
        nextFile = job.files();
        events = job.events();
        lookedAt = nanoTime.getAsLong();
    }

    ExportJob job() {
        return job;
    }

    ExportRequest request() {
        return job.request();
    }

    /** A new file of the export. */
    FileWriter file(String path) {
        return new FileWriter(this, nextFile++, path);
    }

    /** The place of the next file. */
    int nextFile() {
        return nextFile;
    }

    long stored() {
        return stored;
    }

    long events() {
        return events;
    }

    void event() {
        events++;
    }

    /** Call it often. */
    void look() {
        if (nanoTime.getAsLong() - lookedAt < EVERY_NANOS) {
            return;
        }
        if (!mayGoOn.getAsBoolean()) {
            throw new LeasedWork.Interrupted();
        }
        lookedAt = nanoTime.getAsLong();
        if (store.progress(stored)) {
            throw new Cancelled();
        }
    }

    @Override
    public void add(int place, int part, byte[] compressed) {
        stored += compressed.length;
        if (stored > most) {
            throw new Impossible("The files of all exports would take more than `parley.exports.mebibytes`. "
                    + "Delete exports, or ask for less.");
        }
        store.addPart(place, part, compressed);
        look();
    }

    @Override
    public void complete(ExportedFile file) {
        store.add(file);
    }
}
