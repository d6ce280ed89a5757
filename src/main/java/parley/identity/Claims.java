package parley.identity;

import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import parley.protocol.User;

/** What a verified token says about its bearer, as a {@link Caller}: the same rules on the socket and over HTTP. */
public final class Claims {

    private static final int LONGEST_ID = 255;
    private static final int LONGEST_NAME = 100;

    private Claims() {
    }

    /**
     * The caller of these claims, or nothing when {@code sub} is no user id.
     *
     * @param sub 1 to 255 characters without controls
     * @param name the display name; {@code preferred} or the id where it is missing
     */
    public static Optional<Caller> caller(String sub, String name, String preferred, Collection<String> groups,
                                          Instant expires) {
        if (!isUserId(sub)) {
            return Optional.empty();
        }
        String shown = printable(name);
        if (shown.isEmpty()) {
            shown = printable(preferred);
        }
        return Optional.of(new Caller(new User(sub, shown.isEmpty() ? sub : shown),
                groups == null ? Set.of() : Set.copyOf(groups), expires));
    }

    /** Whether this may be somebody's id. */
    public static boolean isUserId(String id) {
        return id != null && !id.isBlank() && id.length() <= LONGEST_ID && id.chars().noneMatch(Character::isISOControl);
    }

    private static String printable(String name) {
        if (name == null) {
            return "";
        }
        String line = name.codePoints().filter(c -> !Character.isISOControl(c) && Character.getType(c) != Character.FORMAT
                        && Character.getType(c) != Character.SURROGATE)
                .limit(LONGEST_NAME)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
        return line.strip();
    }
}
