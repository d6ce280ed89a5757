package parley.health;

/**
 * The database was reached and its schema is up to date: what runs by itself can begin. An observer that needs the database has a low
 * {@link jakarta.annotation.Priority} and may throw; then all of them are told again later.
 */
public record Started() {

    /** For observers that may throw: they are told before those that can't fail. */
    public static final int NEEDS_THE_DATABASE = 1_000;
}
