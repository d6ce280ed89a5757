package parley.health;

/**
 * The event that the database is reachable and its schema is up to date, so background work can start. An observer that uses the database
 * takes the priority {@link #NEEDS_THE_DATABASE} and may throw; startup then retries and fires the event again to all observers.
 */
public record Started() {

    /** The {@link jakarta.annotation.Priority} of observers that may throw. They run before observers that can't fail. */
    public static final int NEEDS_THE_DATABASE = 1_000;
}
