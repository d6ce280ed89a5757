package parley.file;

import java.sql.ResultSet;
import java.sql.SQLException;
import parley.protocol.AttachedFile;

/**
 * A file as table {@code file} has it.
 *
 * @param size bytes of all of it, also while it is being uploaded
 * @param received bytes that were uploaded so far
 * @param sha256 of the stored bytes, in hexadecimal digits; null until its type is known
 * @param inBucket whether its bytes are in the bucket
 * @param message the offset of the message that carries it, 0 for none
 * @param tries how often it was prepared
 * @param created in milliseconds since 1970
 */
public record StoredFile(String id, String room, String owner, String name, String type, long size, long received, State state,
                         String sha256, int width, int height, boolean thumbnail, boolean inBucket, long message, int tries,
                         long created, long changed) {

    /** The state of a file. */
    public enum State {
        /** Bytes are missing. */
        UPLOADING,
        /** All bytes are there. */
        RECEIVED,
        /** It waits for the virus scanner. */
        SCANNING,
        /** A message may carry it. */
        READY,
        /** The virus scanner found something. The bytes are gone. */
        REFUSED
    }

    static final String COLUMNS = "id, room, owner, name, type, size, received, state, sha256, width, height, thumbnail, in_bucket, "
            + "message_offset, tries, created_at, changed_at";

    static StoredFile of(ResultSet row) throws SQLException {
        return new StoredFile(row.getString("id"), row.getString("room"), row.getString("owner"), row.getString("name"),
                row.getString("type"), row.getLong("size"), row.getLong("received"), State.valueOf(row.getString("state")),
                row.getString("sha256"), row.getInt("width"), row.getInt("height"), row.getBoolean("thumbnail"),
                row.getBoolean("in_bucket"), row.getLong("message_offset"), row.getInt("tries"), row.getLong("created_at"),
                row.getLong("changed_at"));
    }

    /** As a message shows it. */
    public AttachedFile attached() {
        return new AttachedFile(id, name, type, size, width, height, thumbnail);
    }

    /** The type for a response: types that browsers would run are replaced by one that they don't. */
    public String harmlessType() {
        return MediaTypes.harmless(type);
    }

    /** Whether a browser may show it instead of saving it: pictures that were read, audio, video and PDF. */
    public boolean isInline() {
        return MediaTypes.isPicture(type) ? width > 0 : MediaTypes.isPlayed(type) || type.equals(MediaTypes.PDF);
    }
}
