package parley.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import parley.protocol.User;

/**
 * A program that acts in rooms under a name of its own: an application in the same server, or a bot. Its user id has a prefix that no
 * token's {@code sub} may have, so nobody can sign in as a service.
 *
 * @param id as {@link #isId} allows
 * @param name what people read
 */
public record Service(String id, String name) {

    /** Stands before the user ids of authors of imported messages whom nobody is here. */
    public static final String IMPORTED = "import:";

    private static final String PREFIX = "service:";
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,100}");
    private static final Duration CALL = Duration.ofMinutes(1);

    /** Whether a service may have this id: 1 to 100 letters, digits, dots, hyphens and underscores. */
    public static boolean isId(String id) {
        return ID.matcher(id).matches();
    }

    /** Whether this user id is kept for services: applications, bots. */
    public static boolean is(String user) {
        return user.startsWith(PREFIX);
    }

    /** Whether this user id is kept for services and imports, so that no issuer's token may have it. */
    static boolean isReserved(String user) {
        return is(user) || user.startsWith(IMPORTED);
    }

    /** The id of the service with this user id. */
    public static String idOf(String user) {
        return user.substring(PREFIX.length());
    }

    /** The service with this user id, with the id as its name; empty if this is no service's user id. */
    public static Optional<User> user(String user) {
        return Optional.of(user).filter(Service::is).map(reserved -> reserved.substring(PREFIX.length())).filter(Service::isId)
                .map(id -> new User(user, id));
    }

    /** The one who asks for a change. */
    public Actor actor() {
        return new Actor(new User(PREFIX + id, name), false);
    }

    /** The caller of one call that begins now. */
    public Caller caller(Instant now) {
        return new Caller(actor().user(), Set.of(), now, now.plus(CALL), "", "");
    }
}
