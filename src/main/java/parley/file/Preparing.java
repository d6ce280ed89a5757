package parley.file;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.logging.Level;
import java.util.logging.Logger;
import parley.protocol.Problem;
import parley.settings.Settings;
import parley.sql.Statements;
import parley.threads.ManagedThreads;

/**
 * Makes a received file ready: decides its type, prepares a picture, has it scanned, and moves it to the bucket. If the instance stops
 * meanwhile, another one does it again. Waits for the database, the scanner and the bucket.
 */
@ApplicationScoped
class Preparing {

    private static final Logger LOG = Logger.getLogger(Preparing.class.getName());
    /** After so many attempts, a picture is no longer decoded: it may be what ended them. */
    private static final int MOST_TRIES = 3;

    private final MediaTypes types = new MediaTypes();
    private OwnTransaction transactions;
    private Stores stores;
    private Pictures pictures;
    private FileMetrics metrics;
    private Optional<VirusScanner> scanner = Optional.empty();
    private Clock clock;
    private ScheduledThreadPoolExecutor timer;

    /** For the container's proxy. */
    protected Preparing() {
    }

    @Inject
    Preparing(OwnTransaction transactions, Stores stores, Pictures pictures, FileMetrics metrics, Settings settings,
              ManagedThreads managed) {
        this(transactions, stores, pictures, metrics, Optional.empty(), Clock.systemUTC());
        if (settings.files().scanner().isPresent()) {
            timer = managed.timer("scanner");
            scanner = settings.files().scanner().map(clamd -> new VirusScanner(clamd, timer, VirusScanner.PATIENCE));
        }
    }

    @PreDestroy
    void stop() {
        if (timer != null) {
            timer.shutdownNow();
        }
    }

    Preparing(OwnTransaction transactions, Stores stores, Pictures pictures, FileMetrics metrics, Optional<VirusScanner> scanner,
              Clock clock) {
        this.transactions = transactions;
        this.stores = stores;
        this.pictures = pictures;
        this.metrics = metrics;
        this.scanner = scanner;
        this.clock = clock;
    }

    /** Prepares a file whose bytes are all there. If another instance is doing that, returns the file as it is. */
    Outcome prepare(StoredFile received) {
        Optional<StoredFile> claimed = claim(received);
        if (claimed.isEmpty()) {
            return transactions.run(connection -> Uploads.find(connection, received.id()))
                    .map(Preparing::outcome).orElseGet(() -> new Outcome.Refused(Uploads.gone()));
        }
        try {
            return prepareClaimed(claimed.get());
        } catch (IOException unreachable) {
            LOG.log(Level.WARNING, "A file could not be prepared; this is tried again: {0}", unreachable.getMessage());
            return new Outcome.Refused(Problem.unavailable("The file could not be stored yet. The server tries again."));
        }
    }

    private Outcome prepareClaimed(StoredFile claimed) throws IOException {
        StoredFile file = claimed.sha256() == null ? described(claimed) : claimed;
        FileStore.Source bytes = () -> Chunks.open(transactions, file.id(), 0, file.size());
        if (scanner.isPresent()) {
            VirusScanner.Verdict verdict = scanner.get().scan(bytes);
            metrics.scanned(verdict);
            switch (verdict) {
                case VirusScanner.Verdict.Clean clean -> { }
                case VirusScanner.Verdict.Found found -> {
                    return refuse(file, found.name());
                }
                case VirusScanner.Verdict.None none -> {
                    LOG.log(Level.WARNING, "A file waits for the virus scanner: {0}", none.why());
                    return change(file, "state = 'SCANNING'");
                }
            }
        }
        Optional<FileStore> bucket = stores.bucket();
        if (bucket.isPresent()) {
            bucket.get().put(file.id(), file.size(), bytes);
        }
        return ready(file, bucket.isPresent());
    }

    private Optional<StoredFile> claim(StoredFile received) {
        return transactions.run(connection -> Statements.update(connection, """
                update file set tries = tries + 1, changed_at = ? where id = ? and tries = ? and state in ('RECEIVED', 'SCANNING')""",
                clock.millis(), received.id(), received.tries()) == 0 ? Optional.empty() : Uploads.find(connection, received.id()));
    }

    // Type, picture and hash. The bytes change only here, and only once: after that, the file has a hash.
    private StoredFile described(StoredFile file) throws IOException {
        String type;
        try (InputStream bytes = Chunks.open(transactions, file.id(), 0, file.size())) {
            type = types.of(bytes.readNBytes(MediaTypes.HEAD), file.name());
        }
        boolean isRead = MediaTypes.isPicture(type) && file.size() <= Pictures.MOST_BYTES;
        return isRead ? picture(file, type) : store(file, type, null, sha256(file));
    }

    private StoredFile picture(StoredFile file, String type) throws IOException {
        byte[] original;
        try (InputStream bytes = Chunks.open(transactions, file.id(), 0, file.size())) {
            original = bytes.readAllBytes();
        }
        Pictures.Outcome outcome = file.tries() <= MOST_TRIES ? pictures.prepare(type, original) : Pictures.undecoded(type, original);
        byte[] changed = Arrays.equals(original, outcome.bytes()) ? null : outcome.bytes();
        String hash = HexFormat.of().formatHex(sha256().digest(outcome.bytes()));
        return outcome.shown().isEmpty() ? store(file, type, changed, hash) : store(file, type, changed, hash, outcome.shown().get());
    }

    private StoredFile store(StoredFile file, String type, byte[] changed, String hash) {
        return store(file, type, changed, hash, new Pictures.Prepared(changed, 0, 0, null));
    }

    private StoredFile store(StoredFile file, String type, byte[] changed, String hash, Pictures.Prepared picture) {
        return transactions.run(connection -> {
            long size = changed == null ? file.size() : changed.length;
            // First, because it locks the file: if that was deleted or described meanwhile, nothing may be stored beside it.
            int described = Statements.update(connection, """
                    update file set type = ?, size = ?, received = ?, sha256 = ?, width = ?, height = ?, thumbnail = ? where id = ?
                    and state = 'RECEIVED' and sha256 is null""",
                    type, size, size, hash, picture.width(), picture.height(), picture.thumbnail() != null, file.id());
            if (described == 0) {
                return Uploads.find(connection, file.id()).orElse(file);
            }
            if (changed != null) {
                Chunks.replace(connection, file.id(), changed);
            }
            Statements.update(connection, "delete from file_thumbnail where file = ?", file.id());
            if (picture.thumbnail() != null) {
                Statements.update(connection, "insert into file_thumbnail (file, type, bytes) values (?, ?, ?)", file.id(),
                        picture.thumbnail().type(), picture.thumbnail().bytes());
            }
            return Uploads.find(connection, file.id()).orElse(file);
        });
    }

    private Outcome refuse(StoredFile file, String found) {
        LOG.log(Level.WARNING, "The virus scanner found {0} in file {1} of a room; the file was deleted", new Object[] {found, file.id()});
        transactions.run(connection -> {
            // First, because it locks the file, as every deletion does.
            Statements.update(connection, "update file set state = 'REFUSED', size = 0, changed_at = ? where id = ?", clock.millis(),
                    file.id());
            Chunks.delete(connection, file.id());
            return Statements.update(connection, "delete from file_thumbnail where file = ?", file.id());
        });
        return new Outcome.Refused(infected());
    }

    /** The refusal of a file in which the scanner found something. */
    static Problem infected() {
        return Problem.badRequest("The virus scanner found something in this file.");
    }

    private Outcome ready(StoredFile file, boolean inBucket) {
        Outcome outcome = change(file, "state = 'READY', in_bucket = " + inBucket);
        boolean isUsed = outcome instanceof Outcome.Done done && done.file().inBucket();
        if (inBucket) {
            transactions.run(connection -> {
                if (isUsed) {
                    Chunks.delete(connection, file.id());
                } else {
                    discardObject(connection, file.id());
                }
                return true;
            });
        }
        if (outcome instanceof Outcome.Done) {
            metrics.ready();
        }
        return outcome;
    }

    private static void discardObject(Connection connection, String id) throws SQLException {
        if (Statements.query(connection, row -> true, "select 1 from file_garbage where file = ?", id).isEmpty()) {
            Statements.update(connection, "insert into file_garbage (file) values (?)", id);
        }
    }

    // If another instance was faster, this is what became of the file there.
    private Outcome change(StoredFile file, String assignments) {
        return transactions.run(connection -> {
            Statements.update(connection, "update file set " + assignments + ", changed_at = ? where id = ? "
                    + "and state in ('RECEIVED', 'SCANNING')", clock.millis(), file.id());
            return Uploads.find(connection, file.id()).map(Preparing::outcome).orElseGet(() -> new Outcome.Refused(Uploads.gone()));
        });
    }

    private static Outcome outcome(StoredFile file) {
        return file.state() == StoredFile.State.REFUSED ? new Outcome.Refused(infected()) : new Outcome.Done(file);
    }

    private String sha256(StoredFile file) throws IOException {
        MessageDigest digest = sha256();
        try (InputStream bytes = new DigestInputStream(Chunks.open(transactions, file.id(), 0, file.size()), digest)) {
            bytes.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }
}
