package parley.search;

import java.util.List;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.KeywordField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.util.BytesRef;
import parley.document.DocumentTexts;

/**
 * What the index holds of a document of a room. It lacks the field of the room that messages have, so no query for messages finds it. This
 * is the only place that says it.
 */
final class IndexedDocument {

    /** The room of a document. */
    static final String ROOM = "document-room";
    private static final String ID = "document";

    private IndexedDocument() {
    }

    /** The one entry of the document. */
    static Document entry(DocumentTexts.Text document) {
        Document entry = new Document();
        entry.add(new StringField(ID, document.document(), Field.Store.NO));
        entry.add(new StoredField(ID, document.document()));
        entry.add(new KeywordField(ROOM, document.room(), Field.Store.NO));
        entry.add(new TextField(IndexedMessage.WORDS, document.title(), Field.Store.NO));
        entry.add(new TextField(IndexedMessage.CONTENT, document.text(), Field.Store.NO));
        return entry;
    }

    /** The term of the document's entry. */
    static Term key(String document) {
        return new Term(ID, document);
    }

    /** The id of the document in what the index stores of its entry. */
    static String id(Document stored) {
        return stored.get(ID);
    }

    /** The query for documents of these rooms. */
    static Query query(Wanted wanted, List<String> rooms) {
        return new BooleanQuery.Builder()
                .add(KeywordField.newSetQuery(ROOM, rooms.stream().map(BytesRef::new).toList()), Occur.FILTER)
                .add(Queries.ofText(wanted), Occur.MUST).build();
    }
}
