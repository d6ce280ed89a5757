package parley.search;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import parley.protocol.Fields;
import parley.protocol.Problem;
import parley.protocol.TextRules;

/**
 * A search as it was asked for. The query has words, {@code "phrases"}, {@code pre*} for beginnings of words, {@code -} before what to
 * exclude, and the operators {@code from:}, {@code in:}, {@code before:}, {@code after:} and {@code has:}. A parameter of the request
 * takes precedence over the operator of the same meaning.
 *
 * @param cursor where the page begins; empty for the first page
 */
public record SearchRequest(Wanted wanted, boolean byTime, int limit, Optional<Cursor> cursor) {

    /** The most characters (code points) of a query. */
    public static final int LONGEST_QUERY = 500;
    /** The most words, phrases and prefixes of a query. */
    public static final int MOST_CLAUSES = 20;
    /** The most results of a page. */
    public static final int LARGEST_PAGE = 50;
    /** The parameters of a request that are texts. The other one is {@code limit}. */
    public static final List<String> TEXTS = List.of("q", "room", "by", "before", "after", "has", "cursor", "sort");

    private static final int USUAL_PAGE = 20;
    private static final int SHORTEST_PREFIX = 2;
    private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");

    /** Reads the parameters of a request. Ask for the problem first: a wrong request has harmless values. */
    public static SearchRequest of(Fields parameters) {
        Reader reader = new Reader(parameters);
        Wanted wanted = reader.wanted();
        boolean byTime = reader.byTime();
        int limit = (int) parameters.number("limit", 1, LARGEST_PAGE, USUAL_PAGE);
        Optional<Cursor> cursor = reader.cursor(byTime || !wanted.ranks());
        return new SearchRequest(wanted, byTime || !wanted.ranks(), limit, cursor);
    }

    /** Reads one request. */
    private static final class Reader {

        private final Fields fields;
        private final List<Clause> clauses = new ArrayList<>();
        private final Set<Has> has = EnumSet.noneOf(Has.class);
        private Optional<String> room = Optional.empty();
        private Optional<String> by = Optional.empty();
        private Optional<Instant> before = Optional.empty();
        private Optional<Instant> after = Optional.empty();

        Reader(Fields fields) {
            this.fields = fields;
        }

        Wanted wanted() {
            readQuery(fields.has("q") ? fields.lineOrNone("q", LONGEST_QUERY) : "");
            readParameters();
            if (clauses.size() > MOST_CLAUSES) {
                fields.wrong(Problem.tooLarge("`q` can have at most " + MOST_CLAUSES + " words and phrases."));
            }
            Wanted wanted = new Wanted(List.copyOf(clauses), has, room, by, before, after);
            if (wanted.isEmpty()) {
                wrong("`q` must not be empty.");
            }
            return wanted;
        }

        private void readParameters() {
            if (fields.has("room")) {
                room = Optional.of(fields.room("room"));
            }
            if (fields.has("by")) {
                by = Optional.of(fields.user("by"));
            }
            if (fields.has("before")) {
                before = Optional.of(time("before", fields.line("before", LONGEST_QUERY)));
            }
            if (fields.has("after")) {
                after = Optional.of(time("after", fields.line("after", LONGEST_QUERY)));
            }
            if (fields.has("has")) {
                addHas(fields.line("has", LONGEST_QUERY));
            }
        }

        boolean byTime() {
            boolean byTime = fields.has("sort") && fields.line("sort", LONGEST_QUERY).equals("time");
            if (fields.has("sort") && !byTime) {
                wrong("`sort` must be `time` or absent.");
            }
            return byTime;
        }

        Optional<Cursor> cursor(boolean byTime) {
            if (!fields.has("cursor")) {
                return Optional.empty();
            }
            Optional<Cursor> cursor = Cursor.of(fields.line("cursor", LONGEST_QUERY), byTime);
            if (cursor.isEmpty()) {
                wrong("`cursor` must be the cursor of the page before, for the same query.");
            }
            return cursor;
        }

        // What people type: a word processor's quotation marks are quotation marks too.
        private void readQuery(String text) {
            String query = text.replaceAll("[“”„«»]", "\"");
            int at = 0;
            while (at < query.length()) {
                if (Character.isWhitespace(query.charAt(at))) {
                    at++;
                } else {
                    boolean excluded = query.charAt(at) == '-' && at + 1 < query.length() && !Character.isWhitespace(query.charAt(at + 1));
                    int begin = excluded ? at + 1 : at;
                    at = end(query, begin);
                    read(query.substring(begin, at), excluded);
                }
            }
        }

        // A part ends at a blank outside quotation marks. An open quotation mark ends with the query.
        private static int end(String query, int begin) {
            boolean quoted = false;
            int at = begin;
            while (at < query.length() && (quoted || !Character.isWhitespace(query.charAt(at)))) {
                boolean mark = query.charAt(at) == '"';
                if (mark && !quoted && at > begin && query.charAt(at - 1) != ':') {
                    return at;
                }
                quoted = mark != quoted;
                at++;
                if (mark && !quoted) {
                    return at;
                }
            }
            return at;
        }

        private void read(String part, boolean excluded) {
            if (part.startsWith("\"")) {
                add(Clause.Kind.PHRASE, part.replace("\"", ""), excluded);
                return;
            }
            int colon = part.indexOf(':');
            String operator = colon < 0 ? "" : part.substring(0, colon).toLowerCase(Locale.ROOT);
            String value = part.substring(colon + 1).replace("\"", "");
            if (List.of("from", "in", "before", "after", "has").contains(operator) && !value.isEmpty()) {
                if (excluded) {
                    wrong("`-` works before words and phrases, not before `" + operator + ":`.");
                }
                operate(operator, value);
            } else if (part.endsWith("*") && part.length() > 1) {
                prefix(part.substring(0, part.length() - 1), excluded);
            } else {
                add(Clause.Kind.WORD, part, excluded);
            }
        }

        private void prefix(String beginning, boolean excluded) {
            if (beginning.codePointCount(0, beginning.length()) < SHORTEST_PREFIX && beginning.codePointAt(0) < 0x2e80) {
                wrong("The beginning of a word before `*` must have at least " + SHORTEST_PREFIX + " characters.");
            }
            add(Clause.Kind.PREFIX, beginning, excluded);
        }

        private void add(Clause.Kind kind, String text, boolean excluded) {
            if (!TextRules.isBlank(text)) {
                clauses.add(new Clause(kind, text, excluded));
            }
        }

        private void operate(String operator, String value) {
            switch (operator) {
                case "from" -> by = Optional.of(value);
                case "in" -> inRoom(value);
                case "before" -> before = Optional.of(time("before:", value));
                case "after" -> after = Optional.of(time("after:", value));
                default -> addHas(value);
            }
        }

        private void inRoom(String id) {
            if (!Fields.isRoomId(id)) {
                wrong("`in:` must be followed by the id of a room.");
            }
            room = Optional.of(id);
        }

        private void addHas(String names) {
            for (String name : names.split(",", -1)) {
                Optional<Has> wanted = Has.of(name);
                wanted.ifPresent(has::add);
                if (wanted.isEmpty()) {
                    wrong("`has` must be `file`, `link` or `pin`.");
                }
            }
        }

        // A date is its first moment in UTC.
        private Instant time(String name, String text) {
            try {
                Instant time = DATE.matcher(text).matches() ? LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC)
                        : OffsetDateTime.parse(text).toInstant();
                // The index counts milliseconds, which reach less far than years of nine digits.
                return Instant.ofEpochMilli(time.toEpochMilli());
            } catch (DateTimeException | ArithmeticException noTime) {
                wrong("`" + name + "` must be a date such as 2030-01-31, or a time such as 2030-01-31T12:00:00Z.");
                return Instant.EPOCH;
            }
        }

        private void wrong(String message) {
            fields.wrong(Problem.badRequest(message));
        }
    }
}
