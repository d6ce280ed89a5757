package parley.protocol;

import java.util.Set;

/** A command about the text of a document. */
public sealed interface DocumentCommand extends Command {

    /** The most bytes of an update. In JSON, the bound of the frame comes a little earlier. */
    int LARGEST_UPDATE = 48 << 10;
    /** The most bytes of the data of {@link Aware}. */
    int LARGEST_AWARENESS = 4 << 10;
    /** The longest id of a document. */
    int LONGEST_ID = 64;

    /** The room's id. */
    String room();

    /** The document's id. */
    String document();

    @Override
    default Set<Feature> features() {
        return Set.of(Feature.DOCUMENTS);
    }

    /**
     * Open a document: read it, and receive its later updates.
     *
     * @param since the version that the client has; -1 if it has none
     */
    record Open(long id, String room, String document, long since) implements DocumentCommand {
        public static final String TYPE = "document.open";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /**
     * Store an update. The server never reads its bytes.
     *
     * @param key idempotency key, 1 to 64 characters: the same key again is the same update
     * @param update base64 of 1 to {@link #LARGEST_UPDATE} bytes
     */
    record Update(long id, String room, String document, String key, String update) implements DocumentCommand, StoredCommand {
        public static final String TYPE = "document.update";

        @Override
        public String type() {
            return TYPE;
        }

        @Override
        public Reply succeeded(long version, boolean already) {
            return new Reply.Updated(id, version, already);
        }
    }

    /**
     * Broadcast awareness to the others who have the document open, such as the position of a cursor. It is not stored.
     *
     * @param data up to {@link #LARGEST_AWARENESS} bytes in UTF-8
     */
    record Aware(long id, String room, String document, String data) implements DocumentCommand {
        public static final String TYPE = "document.aware";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /** Close a document: receive no further updates of it. */
    record Close(long id, String room, String document) implements DocumentCommand {
        public static final String TYPE = "document.close";

        @Override
        public String type() {
            return TYPE;
        }
    }
}
