package parley.scim;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import parley.protocol.TextRules;

/**
 * A filter of the form {@code attribute eq "text"} (RFC 7644, section 3.4.2.2), which is what directories look resources up with.
 *
 * @param column of the table
 */
record ScimFilter(String column, String value) {

    private static final Pattern WRITTEN =
            Pattern.compile("\\s*([A-Za-z]{1,40})\\s+(?i:eq)\\s+\"((?:[^\"\\\\]|\\\\[\"\\\\/]){0,255})\"\\s*");

    /** The filter in this text, if it is about one of these attributes, which have a column each. */
    static Optional<ScimFilter> of(String text, Map<String, String> columns) {
        Matcher written = WRITTEN.matcher(text);
        if (!written.matches() || !TextRules.isStorable(text)) {
            return Optional.empty();
        }
        Map<String, String> small = columns.entrySet().stream()
                .collect(Collectors.toMap(entry -> entry.getKey().toLowerCase(Locale.ROOT), Map.Entry::getValue));
        return Optional.ofNullable(small.get(written.group(1).toLowerCase(Locale.ROOT)))
                .map(column -> new ScimFilter(column, written.group(2).replaceAll("\\\\(.)", "$1")));
    }
}
