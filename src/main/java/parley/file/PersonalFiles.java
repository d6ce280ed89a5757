package parley.file;

import static parley.personal.PersonalColumn.id;
import static parley.personal.PersonalColumn.stays;
import static parley.personal.PersonalColumn.text;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import parley.personal.Erased;
import parley.personal.PersonalColumn;
import parley.personal.PersonalData;
import parley.sql.Statements;

/** What files have of people. Files of messages go with the messages; those that no message carries go here. */
@ApplicationScoped
class PersonalFiles implements PersonalData {

    private static final int AT_ONCE = 100;

    @Inject
    private OwnTransaction transactions;

    @Override
    public List<PersonalColumn> columns() {
        return List.of(id("file", "owner"), text("file", "name"), stays("file", "type", "It is a media type."),
                stays("file_chunk", "bytes", "The bytes go with the file. Files of other people stay as they are."),
                stays("file_thumbnail", "type", "It is a media type."),
                stays("file_thumbnail", "bytes", "It is a small picture of a file, and goes with it."));
    }

    @Override
    public int remove(Erased erased) {
        return transactions.run(connection -> {
            List<String> found = Statements.query(connection, row -> row.getString(1),
                    "select id from file where owner = ? and message_offset is null order by id limit " + AT_ONCE, erased.person());
            return found.isEmpty() ? 0
                    : FileDeletion.delete(connection, "id = any(?)", (Object) found.toArray(String[]::new));
        });
    }

    @Override
    public String removes() {
        return "files";
    }
}
