package parley.file;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import parley.protocol.AttachedFile;
import parley.room.AttachableFiles;
import parley.sql.Statements;

/** Finds the files that a person may put into a message. */
@ApplicationScoped
class ReadyFiles implements AttachableFiles {

    private static final String FIND = "select " + StoredFile.COLUMNS + " from file where id in (%s) and room = ? and owner = ? "
            + "and state = 'READY' and message_offset is null order by id for update";

    @Override
    public List<AttachedFile> find(String room, String owner, List<String> ids, EntityManager em) {
        if (ids.isEmpty()) {
            return List.of();
        }
        String places = ids.stream().map(id -> "?").collect(Collectors.joining(", "));
        Object[] arguments = Stream.concat(ids.stream(), Stream.of(room, owner)).toArray();
        Map<String, AttachedFile> found = Statements.query(em, StoredFile::of, FIND.formatted(places), arguments).stream()
                .map(StoredFile::attached).collect(Collectors.toMap(AttachedFile::id, Function.identity()));
        return ids.stream().distinct().filter(found::containsKey).map(found::get).toList();
    }
}
