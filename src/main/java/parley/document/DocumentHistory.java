package parley.document;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parley.sql.Statements;

/**
 * Who changed a document, and when. Updates of one person that follow each other are one change, until they span a minute: a key press has
 * an update of its own. The caller checks rights. Each call waits for the database.
 */
@ApplicationScoped
public class DocumentHistory {

    /** The most updates that one page covers. */
    public static final int MOST_UPDATES = 1_000;

    private static final Duration LONGEST = Duration.ofMinutes(1);

    @PersistenceContext(unitName = "parley")
    private EntityManager em;

    /**
     * Updates of one person that follow each other.
     *
     * @param first the version of the first one
     * @param last the version of the last one
     * @param at when the first one was stored; empty if that was not remembered
     */
    public record Change(long first, long last, String author, Optional<Instant> at) {}

    /** Some changes, and whether there are later ones. */
    public record Page(List<Change> changes, boolean more) {}

    /** An update without its content. */
    record Stored(long version, String author, long at) {}

    /** The changes after a version that are still stored, oldest first; empty if there is no such document. */
    @Transactional
    public Optional<Page> after(String room, String document, long version) {
        boolean exists = !Statements.query(em, row -> row.getLong(1), "select version from document where room = ? and id = ?", room,
                document).isEmpty();
        if (!exists) {
            return Optional.empty();
        }
        List<Stored> updates = Statements.query(em, row -> new Stored(row.getLong(1), row.getString(2), row.getLong(3)),
                "select version, author, stored_at from document_update where document = ? and version > ? order by version limit "
                + (MOST_UPDATES + 1), document, version);
        boolean more = updates.size() > MOST_UPDATES;
        return Optional.of(new Page(grouped(more ? updates.subList(0, MOST_UPDATES) : updates), more));
    }

    /** Updates in order as changes. Pure. */
    static List<Change> grouped(List<Stored> updates) {
        List<Change> changes = new ArrayList<>();
        Stored begin = null;
        for (Stored update : updates) {
            boolean continues = begin != null && begin.author.equals(update.author) && update.at - begin.at < LONGEST.toMillis();
            if (continues) {
                changes.removeLast();
            } else {
                begin = update;
            }
            Optional<Instant> at = Optional.of(begin.at).filter(known -> known > 0).map(Instant::ofEpochMilli);
            changes.add(new Change(begin.version, update.version, begin.author, at));
        }
        return changes;
    }
}
