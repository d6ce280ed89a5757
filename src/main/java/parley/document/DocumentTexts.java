package parley.document;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import parley.protocol.Problem;
import parley.sql.Statements;

/**
 * The titles and texts of documents, for search. A text is what a person who may edit the document gave; the server can't compare it with
 * the updates. The caller checks rights. Each call is a transaction and waits for the database.
 */
@ApplicationScoped
public class DocumentTexts {

    /** The most characters (code points) of a text. A client gives the beginning of a longer one. */
    public static final int LONGEST = 100_000;

    private static final String FIND = """
            select d.id, d.room, d.title, t.content from document d left join document_text t on t.document = d.id where\s""";

    @PersistenceContext(unitName = "parley")
    private EntityManager em;

    /** A document as search finds it; the text is empty if nobody gave one. */
    public record Text(String document, String room, String title, String text) {}

    /** A document that got a text. */
    public record Given(long position, String document) {}

    private record Head(long version, long given) {}

    /** Stores the text of a version. Refuses an older one than the stored text. */
    @Transactional
    Optional<Problem> store(String room, String document, String author, long version, String text) {
        // Locks the document, so that its texts are stored one at a time, and none after it was deleted.
        Optional<Long> head = Statements.query(em, row -> row.getLong(1),
                "select version from document where room = ? and id = ? for update", room, document).stream().findFirst();
        if (head.isEmpty()) {
            return Optional.of(Problem.noSuchDocument());
        }
        if (version > head.get()) {
            return Optional.of(Problem.conflict("`version` must be at most " + head.get() + ", the version of the document."));
        }
        Optional<Head> known = Statements.query(em, row -> new Head(row.getLong(1), row.getLong(2)),
                "select version, text_position from document_text where document = ?", document).stream().findFirst();
        if (known.isPresent() && version < known.get().version) {
            return Optional.of(Problem.conflict("`version` is too old: there is a text of version " + known.get().version + "."));
        }
        Statements.update(em, "update document_text_head set text_position = text_position + 1");
        long position = head();
        Statements.update(em, "delete from document_text where document = ?", document);
        Statements.update(em, "insert into document_text (document, version, author, text_position, content) values (?, ?, ?, ?, ?)",
                document, version, author, position, text);
        return Optional.empty();
    }

    /** The position of the text that was stored last, 0 before the first. */
    @Transactional
    public long head() {
        return Statements.query(em, row -> row.getLong(1), "select text_position from document_text_head").getFirst();
    }

    /** The documents that got a text after a position, in order, at most so many. */
    @Transactional
    public List<Given> after(long position, int most) {
        return Statements.query(em, row -> new Given(row.getLong(1), row.getString(2)),
                "select text_position, document from document_text where text_position > ? order by text_position limit " + most, position);
    }

    /** These documents; those that no longer exist are left out. */
    @Transactional
    public List<Text> of(Collection<String> documents) {
        if (documents.isEmpty()) {
            return List.of();
        }
        String places = documents.stream().map(document -> "?").collect(Collectors.joining(", "));
        return texts(FIND + "d.id in (" + places + ")", documents.toArray());
    }

    /** The ids of the documents of a room. */
    @Transactional
    public List<String> in(String room) {
        return Statements.query(em, row -> row.getString(1), "select id from document where room = ? order by id", room);
    }

    private List<Text> texts(String sql, Object... parameters) {
        return Statements.query(em, row -> new Text(row.getString(1), row.getString(2), row.getString(3),
                Optional.ofNullable(row.getString(4)).orElse("")), sql, parameters);
    }
}
