package parley.imports;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import parley.protocol.TextRules;

/**
 * Maps people of another system to people here. Each line has an id there, a comma, and a user id here; the user id may have further
 * commas. Empty lines and lines that begin with {@code #} are passed over.
 */
final class PeopleFile {

    static final int MOST = 500_000;
    private static final long LARGEST = 64L << 20;

    private PeopleFile() {
    }

    /** Reads the user ids by ids there. */
    static Map<String, String> read(Path file, Report report) throws IOException, Export.Unusable {
        if (Files.size(file) > LARGEST) {
            throw new Export.Unusable("The people file has more than " + LARGEST + " bytes.");
        }
        Map<String, String> users = new HashMap<>();
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                String text = number == 1 && line.startsWith("\ufeff") ? line.substring(1) : line;
                if (!text.isBlank() && !text.startsWith("#")) {
                    add(text, number, users, report);
                }
                if (users.size() > MOST) {
                    throw new Export.Unusable("The people file has more than " + MOST + " people.");
                }
            }
        } catch (MalformedInputException notUtf8) {
            throw new Export.Unusable("The people file is not UTF-8.");
        }
        return users;
    }

    private static void add(String line, int number, Map<String, String> users, Report report) {
        int comma = line.indexOf(',');
        String there = comma < 0 ? "" : line.substring(0, comma).strip();
        String here = comma < 0 ? "" : line.substring(comma + 1).strip();
        if (there.isEmpty() || !TextRules.isUserId(here) || users.putIfAbsent(there, here) != null) {
            report.add(Why.BAD_PEOPLE_LINE, "line " + number);
        }
    }
}
