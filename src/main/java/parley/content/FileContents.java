package parley.content;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import parley.protocol.AttachedFile;
import parley.protocol.Message;
import parley.settings.Settings;
import parley.sql.Statements;

/**
 * The stored texts of files, for callers who know that the person may read the message. A file's text never changes. Each call waits for
 * the database.
 */
@ApplicationScoped
public class FileContents {

    @PersistenceContext(unitName = "parley")
    private EntityManager em;
    private Settings settings;

    /** For the container's proxy. */
    protected FileContents() {
    }

    @Inject
    FileContents(Settings settings) {
        this.settings = settings;
    }

    /** For tests. */
    FileContents(EntityManager em, Settings settings) {
        this.em = em;
        this.settings = settings;
    }

    /**
     * A text that was stored.
     *
     * @param message the offset of the message that carries the file
     */
    public record Stored(long position, String room, long message) {}

    static boolean areOn(Settings settings) {
        return settings.features().search() && settings.features().files() && settings.search().contents();
    }

    /** Whether the texts of files are stored. */
    public boolean areOn() {
        return areOn(settings);
    }

    /** Whether a file of this message may have a text: only then it is worth asking for {@link #of}. */
    public static boolean mayBeIn(Message message) {
        return message.files().stream().anyMatch(file -> ContentTypes.kind(file.type()).isPresent());
    }

    /** The texts of a message's files by their ids, in the order of the files; nothing for a file without one. Each is bounded. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public Map<String, String> of(Message message) {
        List<String> files = message.files().stream().filter(file -> ContentTypes.kind(file.type()).isPresent())
                .map(AttachedFile::id).toList();
        Map<String, String> inOrder = new LinkedHashMap<>();
        if (files.isEmpty() || !areOn()) {
            return inOrder;
        }
        String places = files.stream().map(file -> "?").collect(Collectors.joining(", "));
        Map<String, String> found = new HashMap<>();
        Statements.query(em, row -> found.put(row.getString(1), row.getString(2)),
                "select file, content from file_text where text_position is not null and file in (" + places + ")", files.toArray());
        files.stream().filter(found::containsKey).forEach(file -> inOrder.put(file, found.get(file)));
        return inOrder;
    }

    /** The position of the text that was stored last, 0 before the first. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public long head() {
        return Statements.query(em, row -> row.getLong(1), "select text_position from file_text_head").getFirst();
    }

    /** The texts after a position whose files are carried by a message, in order, at most so many. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public List<Stored> after(long position, int most) {
        return Statements.query(em, row -> new Stored(row.getLong(1), row.getString(2), row.getLong(3)),
                "select t.text_position, f.room, f.message_offset from file_text t join file f on f.id = t.file where t.text_position > ? "
                + "and f.message_offset is not null order by t.text_position limit " + most, position);
    }
}
