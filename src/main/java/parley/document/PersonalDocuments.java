package parley.document;

import static parley.personal.PersonalColumn.id;
import static parley.personal.PersonalColumn.stays;
import static parley.personal.PersonalColumn.text;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import parley.personal.PersonalColumn;
import parley.personal.PersonalData;

/** Who wrote in documents. An erasure deletes documents; those that stay keep their content. */
@ApplicationScoped
class PersonalDocuments implements PersonalData {

    @Override
    public List<PersonalColumn> columns() {
        return List.of(
                text("document", "title"),
                id("document", "creator"),
                id("document_update", "author"),
                stays("document_update", "request_key", "A client chose it at random."),
                stays("document_update", "content", "Only clients can read updates. It goes with the document."),
                id("document_snapshot", "author"),
                stays("document_snapshot_part", "content", "Only clients can read it. It goes with the document."),
                id("document_text", "author"),
                text("document_text", "content"));
    }
}
