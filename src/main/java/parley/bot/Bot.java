package parley.bot;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import parley.identity.Scope;
import parley.identity.Service;

/**
 * A bot, as administrators see it.
 *
 * @param picture an https URL
 * @param description for administrators; may be empty
 * @param watched when a connection of the bot watched last; empty for never
 * @param tokens those that are not revoked, the oldest first
 */
public record Bot(String id, String name, Optional<String> picture, String description, Instant created, String by,
                  Optional<Instant> watched, List<Token> tokens) {

    /** The most characters of a description. */
    public static final int LONGEST_DESCRIPTION = 500;

    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9_-]{0,63}");

    /**
     * A token of the bot, without the token itself.
     *
     * @param name what administrators call it
     * @param used when it was used last; empty for never. At most seconds behind
     * @param uses how many handshakes and requests it was used for
     */
    public record Token(String id, String name, Set<Scope> scopes, Instant created, String by, Instant expires, Optional<Instant> used,
                        long uses) {}

    /** Whether a bot may have this id. */
    public static boolean isId(String id) {
        return ID.matcher(id).matches();
    }

    /** The user id of a bot in rooms. */
    public static String user(String id) {
        return new Service(id, id).actor().id();
    }
}
