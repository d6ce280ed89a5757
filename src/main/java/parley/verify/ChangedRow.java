package parley.verify;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says what of a row differs from what was sealed, as exactly as the opening allows. */
final class ChangedRow {

    // The frame repeats the columns. Only ids without escapes are read from it.
    private static final Pattern FRAME = Pattern.compile(
            "\\{\"type\":\"([a-z._]+)\".*?\"at\":\"([^\"\\\\]+)\",\"by\":\\{\"id\":\"([^\"\\\\]+)\"", Pattern.DOTALL);

    private ChangedRow() {
    }

    private record Candidate(String column, StoredEvent row) {}

    static String describe(StoredEvent row, byte[] opening, byte[] leaf) {
        if (Opening.isWiped(opening)) {
            return "its opening was wiped, and no link says why";
        }
        return ChangedByte.find(row, opening, leaf).map(found -> "was changed: " + found)
                .or(() -> column(row, opening, leaf).map(column -> "was changed: the column " + column))
                .orElse("was changed, in more than one byte");
    }

    private static Optional<String> column(StoredEvent row, byte[] opening, byte[] leaf) {
        Matcher frame = FRAME.matcher(new String(row.frame(), StandardCharsets.UTF_8));
        if (!frame.lookingAt()) {
            return Optional.empty();
        }
        return List.of(new Candidate("type", new StoredEvent(row.offset(), row.at(), frame.group(1), row.actor(), row.frame())),
                new Candidate("happened_at", new StoredEvent(row.offset(), millis(frame.group(2)), row.type(), row.actor(), row.frame())),
                new Candidate("actor", new StoredEvent(row.offset(), row.at(), row.type(), frame.group(3), row.frame()))).stream()
                .filter(candidate -> Arrays.equals(Leaf.of(candidate.row, opening), leaf)).map(Candidate::column).findFirst();
    }

    private static long millis(String time) {
        try {
            return Instant.parse(time).toEpochMilli();
        } catch (DateTimeException malformed) {
            return 0;
        }
    }
}
