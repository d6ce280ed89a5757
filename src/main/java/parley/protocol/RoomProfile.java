package parley.protocol;

/**
 * The name, kind, topic and retention of a room.
 *
 * @param name empty for a direct room
 * @param topic empty for none
 */
public record RoomProfile(String name, RoomKind kind, String topic, Retention retention) {

    /** The longest topic, in characters. */
    public static final int LONGEST_TOPIC = 250;

    /** A public room without a topic that keeps its messages. */
    public static RoomProfile open(String name) {
        return new RoomProfile(name, RoomKind.PUBLIC, "", Retention.FOREVER);
    }
}
