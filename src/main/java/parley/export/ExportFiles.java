package parley.export;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import parley.protocol.Sha256;
import parley.protocol.User;
import parley.sql.Rows;
import parley.sql.Statements;

/** The tables {@code export_file}, {@code export_part} and {@code export_person}. Each call is a transaction and waits for the database. */
@ApplicationScoped
class ExportFiles {

    /** The most files that one call returns. */
    static final int PAGE = 500;

    private static final String SELECT = "select place, path, bytes, crc, sha256, start_at from export_file where job = ?";
    private static final Rows<Named> PEOPLE = Rows.<Named>of("export_person").text("job", Named::job)
            .text("person_key", named -> key(named.user())).text("user_id", named -> named.user().id())
            .text("user_name", named -> named.user().name());

    @PersistenceContext(unitName = "parley")
    private EntityManager em;

    private record Named(String job, User user) {}

    /** How many files an export has, and how many characters their paths have. */
    record Totals(long files, long paths) {}

    /** Adds a part of a file that is not complete. */
    @Transactional
    void addPart(String job, int file, int part, byte[] compressed) {
        Statements.update(em, "insert into export_part (job, file, part, content) values (?, ?, ?, ?)", job, file, part, compressed);
    }

    /** All parts of the file are there. */
    @Transactional
    void add(String job, ExportedFile file) {
        Statements.update(em, "insert into export_file (job, place, path, bytes, crc, sha256, chain, start_at) values "
                + "(?, ?, ?, ?, ?, ?, '', 0)", job, file.place(), file.path(), file.bytes(), file.crc(), file.sha256());
    }

    /** Stores the chain and the begin of some files. */
    @Transactional
    void place(String job, List<ExportedFile> files, List<String> chains) {
        Rows.onConnection(em, connection -> {
            try (PreparedStatement update = connection.prepareStatement(
                    "update export_file set chain = ?, start_at = ? where job = ? and place = ?")) {
                for (int i = 0; i < files.size(); i++) {
                    Statements.set(connection, update, chains.get(i), files.get(i).start(), job, files.get(i).place());
                    update.addBatch();
                }
                return update.executeBatch();
            }
        });
    }

    /** The files from a place on, in order, at most {@link #PAGE}. */
    @Transactional
    List<ExportedFile> fromPlace(String job, int place) {
        return Statements.query(em, ExportFiles::file, SELECT + " and place >= ? order by place limit " + PAGE, job, place);
    }

    /** The files of the archive from the one on that has this byte, in order, at most {@link #PAGE}. */
    @Transactional
    List<ExportedFile> fromByte(String job, long at) {
        return Statements.query(em, ExportFiles::file, SELECT + " and start_at >= (select max(start_at) from export_file where job = ? "
                + "and start_at <= ?) order by start_at limit " + PAGE, job, job, at);
    }

    /** The last file; empty if the export has none. */
    @Transactional
    Optional<ExportedFile> last(String job) {
        return Statements.query(em, ExportFiles::file, SELECT + " order by place desc limit 1", job).stream().findFirst();
    }

    /** Whether the export has a file at this path. */
    @Transactional
    boolean has(String job, String path) {
        return Statements.finds(em, "select 1 from export_file where job = ? and path = ?", job, path);
    }

    @Transactional
    Totals totals(String job) {
        return Statements.query(em, row -> new Totals(row.getLong(1), row.getLong(2)),
                "select count(*), coalesce(sum(char_length(path)), 0) from export_file where job = ?", job).getFirst();
    }

    /** The bytes of a part. An {@link IOException} if they are gone. */
    @Transactional
    byte[] part(String job, ExportedFile file, int part) throws IOException {
        List<byte[]> found = Statements.query(em, row -> row.getBytes(1),
                "select content from export_part where job = ? and file = ? and part = ?", job, file.place(), part);
        if (found.isEmpty()) {
            throw new IOException("The bytes of an export are gone: it was deleted");
        }
        return FileWriter.expanded(found.getFirst(), (int) Math.min(FileWriter.PART, file.bytes() - (long) part * FileWriter.PART));
    }

    /** Bytes that its parts take. */
    @Transactional
    long stored(String job) {
        return Statements.query(em, row -> row.getLong(1), "select coalesce(sum(octet_length(content)), 0) from export_part where job = ?",
                job).getFirst();
    }

    /** Removes the files from a place on, in slices. Returns false if there may be more. */
    @Transactional
    boolean removeFrom(String job, int place) {
        int parts = Statements.update(em, "delete from export_part where job = ? and file >= ? and (file, part) in (select file, part from "
                + "export_part where job = ? and file >= ? order by file, part limit " + PAGE + ")", job, place, job, place);
        if (parts == PAGE) {
            return false;
        }
        Statements.update(em, "delete from export_file where job = ? and place >= ?", job, place);
        return true;
    }

    /** Notes people whom the export names. */
    @Transactional
    void addPeople(String job, Collection<User> people) {
        Rows.Insertion<Named> insertion = PEOPLE.insertionOf(people.stream().map(user -> new Named(job, user)).toList());
        if (!insertion.isEmpty()) {
            Rows.onConnection(em, connection -> {
                try (PreparedStatement statement = connection.prepareStatement(insertion.sql() + " where not exists (select 1 from "
                        + "export_person p where p.job = added.job and p.person_key = added.person_key)")) {
                    insertion.set(connection, statement, 1);
                    return statement.executeUpdate();
                }
            });
        }
    }

    /** Some people whom the export names, after one of them, in the order of their keys. */
    @Transactional
    List<User> people(String job, String afterKey) {
        return Statements.query(em, row -> new User(row.getString(1), row.getString(2)), "select user_id, user_name from export_person "
                + "where job = ? and person_key > ? order by person_key limit " + PAGE, job, afterKey);
    }

    /** Orders people in every database alike. All names of one id follow each other. */
    static String key(User user) {
        return Sha256.hex(user.id()).substring(0, 32) + Sha256.hex(user.name()).substring(0, 32);
    }

    private static ExportedFile file(ResultSet row) throws SQLException {
        return new ExportedFile(row.getInt("place"), row.getString("path"), row.getLong("bytes"), row.getLong("crc"),
                row.getString("sha256"), row.getLong("start_at"));
    }
}
