package parley.protocol;

/**
 * The name, kind, topic and retention of a room, and who may post there.
 *
 * @param name empty for a direct room
 * @param topic empty for none
 */
public record RoomProfile(String name, RoomKind kind, String topic, Retention retention, Posting posting) {

    /** The longest topic, in characters. */
    public static final int LONGEST_TOPIC = 250;

    /** A room in which everyone may post. */
    public RoomProfile(String name, RoomKind kind, String topic, Retention retention) {
        this(name, kind, topic, retention, Posting.OPEN);
    }

    /** A public room without a topic that keeps its messages. */
    public static RoomProfile open(String name) {
        return new RoomProfile(name, RoomKind.PUBLIC, "", Retention.FOREVER);
    }
}
