package parley.room;

/**
 * A document of a room.
 *
 * @param creator the id of the user who created it
 * @param version the version of its last update; 0 if it has none
 * @param bytes of the updates that are stored
 */
public record DocumentHead(String id, String title, String creator, long version, long bytes) {

    /** The document after its next update, which has so many bytes. */
    public DocumentHead next(long updateBytes) {
        return new DocumentHead(id, title, creator, version + 1, bytes + updateBytes);
    }
}
