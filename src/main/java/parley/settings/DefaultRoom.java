package parley.settings;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A public room that the first start creates. */
public record DefaultRoom(String id, String name) {

    private static final Pattern WRITTEN = Pattern.compile("([A-Za-z0-9_-]{1,64})(?:\\s*=\\s*(\\S.{0,99}))?");

    /** Parses {@code id=Name}, or {@code id} alone, which is also the name; empty if the text is neither. */
    static Optional<DefaultRoom> of(String text) {
        Matcher parts = WRITTEN.matcher(text);
        return parts.matches()
                ? Optional.of(new DefaultRoom(parts.group(1), parts.group(2) == null ? parts.group(1) : parts.group(2)))
                : Optional.empty();
    }
}
