package parley.file;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import parley.people.Turns;
import parley.protocol.Problem;
import parley.settings.FileSettings;
import parley.settings.Settings;
import parley.sql.Statements;

/**
 * Uploads: what was received of each, and who owns it. Each call is one transaction and waits for the database. The
 * caller checks rights in the room. Safe for every thread.
 */
@ApplicationScoped
public class Uploads {

    /** The length of an upload whose client doesn't state it. */
    public static final long UNKNOWN = -1;

    private static final int ID_BYTES = 16;
    private static final int INSUFFICIENT_STORAGE = 507;
    private static final long TOTAL_FRESH_MILLIS = 1_000;
    private static final String SELECT = "select " + StoredFile.COLUMNS + " from file where id = ?";

    private final SecureRandom random = new SecureRandom();
    private OwnTransaction transactions;
    private FileSettings settings;
    private Clock clock;
    // All below are guarded by this.
    /** The bytes of all files, as read or estimated a moment ago. */
    private long total;
    private boolean isTotalKnown;
    private long totalAt;
    /** The bytes that were begun here since {@link #totalAt}. */
    private long begun;

    /** For the container's proxy. */
    protected Uploads() {
    }

    @Inject
    Uploads(OwnTransaction transactions, Settings settings) {
        this(transactions, settings.files(), Clock.systemUTC());
    }

    Uploads(OwnTransaction transactions, FileSettings settings, Clock clock) {
        this.transactions = transactions;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Begins an upload to a room.
     *
     * @param length in bytes, or {@link #UNKNOWN}
     */
    public Outcome begin(String room, String owner, String name, long length) {
        long size = length == UNKNOWN ? settings.most() : length;
        if (size > settings.most()) {
            return new Outcome.Refused(tooLarge(settings.most()));
        }
        return transactions.run(connection -> {
            Turns.take(owner, connection);
            if (usedBy(connection, owner) + Math.max(length, 0) > settings.userBytes()) {
                return new Outcome.Refused(Problem.tooLarge("Your files may have " + settings.userBytes() + " bytes in all. "
                        + "Delete some of them first."));
            }
            if (!fits(connection, Math.max(length, 0))) {
                return new Outcome.Refused(Problem.unavailable("The server has no space for more files."), INSUFFICIENT_STORAGE);
            }
            long now = clock.millis();
            StoredFile.State state = size == 0 ? StoredFile.State.RECEIVED : StoredFile.State.UPLOADING;
            String id = newId();
            Statements.update(connection, """
                    insert into file (id, room, owner, name, type, size, received, state, width, height, thumbnail, in_bucket, tries,
                    created_at, changed_at) values (?, ?, ?, ?, ?, ?, 0, ?, 0, 0, false, false, 0, ?, ?)""", id, room, owner,
                    FileNames.clean(name), MediaTypes.UNKNOWN, size, state.name(), now, now);
            return new Outcome.Done(find(connection, id).orElseThrow());
        });
    }

    /**
     * Stores the next bytes of an upload, and with them its new offset.
     *
     * @param offset where these bytes begin; refused if the upload is elsewhere, because another request has gone on with it
     */
    Outcome append(String id, long offset, byte[] bytes) {
        return transactions.run(connection -> {
            Optional<StoredFile> found = Statements.query(connection, StoredFile::of, SELECT + " for update", id).stream().findFirst();
            if (found.isEmpty()) {
                return new Outcome.Refused(gone());
            }
            StoredFile upload = found.get();
            if (upload.received() + bytes.length > upload.size()) {
                return new Outcome.Refused(tooLarge(upload.size()));
            }
            if (upload.state() != StoredFile.State.UPLOADING || upload.received() != offset) {
                return new Outcome.Refused(wrongOffset(upload));
            }
            long received = offset + bytes.length;
            Chunks.add(connection, id, offset, bytes);
            StoredFile.State state = received == upload.size() ? StoredFile.State.RECEIVED : StoredFile.State.UPLOADING;
            Statements.update(connection, "update file set received = ?, state = ?, changed_at = ? where id = ?", received, state.name(),
                    clock.millis(), id);
            return new Outcome.Done(find(connection, id).orElseThrow());
        });
    }

    /** The body of an upload of unknown length has ended. */
    Outcome end(String id) {
        return transactions.run(connection -> {
            Statements.update(connection, "update file set size = received, state = 'RECEIVED', changed_at = ? where id = ? "
                    + "and state = 'UPLOADING'", clock.millis(), id);
            return find(connection, id).<Outcome>map(Outcome.Done::new).orElseGet(() -> new Outcome.Refused(gone()));
        });
    }

    /** A file, whatever its state. */
    public Optional<StoredFile> find(String id) {
        return transactions.run(connection -> find(connection, id));
    }

    /** A file of this person that no message carries. */
    public Optional<StoredFile> ownOf(String room, String owner, String id) {
        return find(id).filter(file -> file.room().equals(room) && file.owner().equals(owner) && file.message() == 0);
    }

    /** Deletes a file that no message carries. Returns whether there was one. */
    public boolean terminate(String room, String owner, String id) {
        return transactions.run(connection -> deleteLocked(connection,
                "id = ? and room = ? and owner = ? and message_offset is null for update", id, room, owner) > 0);
    }

    /** The bytes of all files of a person. */
    public long usedBy(String owner) {
        return transactions.run(connection -> usedBy(connection, owner));
    }

    static Optional<StoredFile> find(Connection connection, String id) throws SQLException {
        return Statements.query(connection, StoredFile::of, SELECT, id).stream().findFirst();
    }

    private static long usedBy(Connection connection, String owner) throws SQLException {
        return Statements.query(connection, row -> row.getLong(1), "select coalesce(sum(size), 0) from file where owner = ?", owner)
                .getFirst();
    }

    // Reads the sum once a second, because it reads the whole index, and counts what was begun here since. What is begun during the read
    // may count twice until the next one. No lock is held meanwhile: the others would wait for it with their connections, until the pool
    // has none left.
    private boolean fits(Connection connection, long length) throws SQLException {
        if (isTurnToRead()) {
            read(Statements.query(connection, row -> row.getLong(1), "select coalesce(sum(size), 0) from file").getFirst());
        }
        return take(length);
    }

    // One thread a second. Before the first sum is known, every thread.
    private synchronized boolean isTurnToRead() {
        long now = clock.millis();
        if (isTotalKnown && now - totalAt <= TOTAL_FRESH_MILLIS) {
            return false;
        }
        totalAt = now;
        begun = 0;
        return true;
    }

    private synchronized void read(long sum) {
        total = sum + begun;
        isTotalKnown = true;
    }

    private synchronized boolean take(long length) {
        if (total + length > settings.totalBytes()) {
            return false;
        }
        total += length;
        begun += length;
        return true;
    }

    private static Problem tooLarge(long most) {
        return Problem.tooLarge("The file may have at most " + most + " bytes.");
    }

    static Problem gone() {
        return Problem.gone("The upload was deleted.");
    }

    static Problem wrongOffset(StoredFile upload) {
        return Problem.conflict("The upload is at offset " + upload.received() + ".");
    }

    private String newId() {
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(id);
    }

    /** Files that wait to be prepared since before this time, oldest first. */
    List<String> unprepared(long receivedBefore, long scanningBefore, int most) {
        return transactions.run(connection -> Statements.query(connection, row -> row.getString(1),
                "select id from file where (state = 'RECEIVED' and changed_at < ?) or (state = 'SCANNING' and changed_at < ?) "
                + "order by changed_at limit " + most, receivedBefore, scanningBefore));
    }

    /**
     * Deletes files that no message carries and that nobody touched since this time. Returns their number. Leaves out files that another
     * transaction has locked: it may lock several in another order.
     */
    int expire(long before, int most) {
        return transactions.run(connection -> deleteLocked(connection, "message_offset is null and changed_at < ? order by changed_at "
                + "limit " + most + " for update skip locked", before));
    }

    /** Finds the closed rooms with files that an instance of an older version closed. */
    void noticeClosedRooms() {
        transactions.run(connection -> Statements.update(connection, """
                insert into file_closed_room (room) select distinct f.room from file f join room r on r.id = f.room
                where r.closed_at is not null and f.room not in (select room from file_closed_room)"""));
    }

    /**
     * Deletes some files of rooms that were closed. Returns the number of files that it came to.
     *
     * @param before takes the room and the messages whose files are deleted, in the same transaction, before it locks a file. It may
     *     take some of the files away
     */
    int deleteOfClosedRooms(int most, BiConsumer<String, List<Long>> before) {
        return transactions.run(connection -> {
            List<String> rooms = Statements.query(connection, row -> row.getString(1), "select room from file_closed_room order by room "
                    + "limit 1 for update skip locked");
            int found = 0;
            for (String room : rooms) {
                List<Long> messages = new ArrayList<>();
                Object files = Statements.query(connection, row -> {
                    messages.add(row.getLong(2));
                    return row.getString(1);
                }, "select id, message_offset from file where room = ? order by id limit " + most, room).toArray(String[]::new);
                before.accept(room, messages.stream().filter(message -> message > 0).distinct().toList());
                deleteLocked(connection, "id = any(?) order by id for update", files);
                found = messages.size();
                if (found < most) {
                    Statements.update(connection, "delete from file_closed_room where room = ?", room);
                }
            }
            return found;
        });
    }

    // Locks the files first: a message must not come to carry one of them, nor an upload go on, while its parts are deleted.
    private static int deleteLocked(Connection connection, String condition, Object... arguments) throws SQLException {
        return FileDeletion.deleteLocked(connection,
                Statements.query(connection, row -> row.getString(1), "select id from file where " + condition, arguments));
    }

    /** Ids of objects in the bucket that are to be deleted. */
    List<String> garbage(int most) {
        return transactions.run(connection -> Statements.query(connection, row -> row.getString(1),
                "select file from file_garbage limit " + most));
    }

    /** An object of the bucket is gone. */
    void collected(String id) {
        transactions.run(connection -> Statements.update(connection, "delete from file_garbage where file = ?", id));
    }
}
