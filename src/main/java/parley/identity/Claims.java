package parley.identity;

import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import parley.protocol.TextRules;
import parley.protocol.User;

/** What a verified token says about its bearer, as a {@link Caller}: the same rules on the socket and over HTTP. */
public final class Claims {

    private Claims() {
    }

    /**
     * The caller of these claims, or nothing when {@code sub} is no user id.
     *
     * @param sub 1 to 255 characters without any that are not seen
     * @param name the display name; {@code preferred} or the id where it is missing
     */
    public static Optional<Caller> caller(String sub, String name, String preferred, Collection<String> groups,
                                          Instant expires) {
        if (sub == null || !TextRules.isUserId(sub)) {
            return Optional.empty();
        }
        String shown = shown(name);
        if (shown.isEmpty()) {
            shown = shown(preferred);
        }
        return Optional.of(new Caller(new User(sub, shown.isEmpty() ? sub : shown),
                groups == null ? Set.of() : Set.copyOf(groups), expires));
    }

    private static String shown(String name) {
        return name == null ? "" : TextRules.shown(name);
    }
}
