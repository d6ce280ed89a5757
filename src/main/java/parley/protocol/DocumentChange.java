package parley.protocol;

import java.util.Set;

/** A change of the documents of a room. What people write in a document is not in the room's log: {@link Event.DocumentUpdated}. */
public sealed interface DocumentChange extends Change {

    /** The types of events that hold the title of a document. */
    Set<String> TITLED = Set.of(Created.TYPE, Renamed.TYPE);

    /** The document's id. */
    String document();

    /**
     * A document was created.
     *
     * @param title empty if the document was deleted since
     */
    record Created(String document, String title) implements DocumentChange {
        public static final String TYPE = "document.created";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /**
     * A document has another title.
     *
     * @param title empty if the document was deleted since
     */
    record Renamed(String document, String title) implements DocumentChange {
        public static final String TYPE = "document.renamed";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /** A document was deleted, with everything that was written in it. */
    record Deleted(String document) implements DocumentChange {
        public static final String TYPE = "document.deleted";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /** The same change without the title. */
    default DocumentChange redacted() {
        return switch (this) {
            case Created created -> new Created(document(), "");
            case Renamed renamed -> new Renamed(document(), "");
            case Deleted deleted -> this;
        };
    }
}
