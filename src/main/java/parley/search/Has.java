package parley.search;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a message may have besides words. */
enum Has {
    FILE, LINK, PIN;

    /** The name in requests and in the index. */
    String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Has> of(String wire) {
        return Stream.of(values()).filter(has -> has.wire().equalsIgnoreCase(wire)).findFirst();
    }
}
