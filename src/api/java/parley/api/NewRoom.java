package parley.api;

/**
 * A room to create.
 *
 * @param id 1 to 64 lower-case letters, digits, hyphens and underscores
 * @param name 1 to 100 characters
 * @param topic at most 250 characters; empty for none
 * @param open whether everyone may join it; otherwise only its members know it
 */
public record NewRoom(String id, String name, String topic, boolean open) {

    /** A room that everyone may join. */
    public static NewRoom open(String id, String name) {
        return new NewRoom(id, name, "", true);
    }

    /** A room that only its members know. */
    public static NewRoom closed(String id, String name) {
        return new NewRoom(id, name, "", false);
    }
}
