package parley.rest;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The forms of an exported audit. Pure. */
enum AuditFile {
    /** RFC 4180, in UTF-8. */
    CSV {
        @Override
        String type() {
            return "text/csv; charset=utf-8";
        }

        @Override
        String text(List<AuditResource.EntryBody> entries, boolean first) {
            return Stream.concat(first ? Stream.of(HEAD) : Stream.empty(), entries.stream().map(AuditFile::line))
                    .map(cells -> cells.stream().map(AuditFile::cell).collect(Collectors.joining(",", "", "\r\n")))
                    .collect(Collectors.joining());
        }
    },
    /** An object a line, in UTF-8. */
    JSONL {
        @Override
        String type() {
            return "application/jsonl; charset=utf-8";
        }

        @Override
        String text(List<AuditResource.EntryBody> entries, boolean first) {
            return entries.stream().map(entry -> JsonWriter.JSON.writeValueAsString(entry) + '\n').collect(Collectors.joining());
        }
    };

    private static final List<String> HEAD = List.of("id", "at", "action", "actor", "subject", "room", "address", "detail", "times");
    /** A program that opens the file would take what begins with one of these as a formula. */
    private static final String FORMULA = "=+-@\t\r";

    /** The form of this name. */
    static Optional<AuditFile> of(String name) {
        return Stream.of(values()).filter(file -> file.name().toLowerCase(Locale.ROOT).equals(name)).findFirst();
    }

    abstract String type();

    /**
     * The entries in this form.
     *
     * @param first whether nothing comes before them
     */
    abstract String text(List<AuditResource.EntryBody> entries, boolean first);

    private static List<String> line(AuditResource.EntryBody entry) {
        return Stream.of(entry.id(), entry.at(), entry.action(), entry.actor(), entry.subject(), entry.room(), entry.address(),
                entry.detail(), String.valueOf(entry.times())).map(cell -> cell == null ? "" : cell).toList();
    }

    private static String cell(String text) {
        String safe = !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        return safe.chars().anyMatch(c -> c == '"' || c == ',' || c == '\r' || c == '\n') ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
    }
}
