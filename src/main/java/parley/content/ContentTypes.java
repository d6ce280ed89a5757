package parley.content;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import parley.extract.Kind;

/** The media types of the files that have text, and how it is found. */
final class ContentTypes {

    /** By the beginning of the type. */
    private static final Map<String, Kind> KINDS = new TreeMap<>(Map.of("text/", Kind.TEXT, "application/json", Kind.TEXT,
            "application/xml", Kind.TEXT, "application/pdf", Kind.PDF,
            "application/vnd.openxmlformats-officedocument.", Kind.OFFICE, "application/vnd.oasis.opendocument.text", Kind.OFFICE,
            "application/vnd.oasis.opendocument.spreadsheet", Kind.OFFICE,
            "application/vnd.oasis.opendocument.presentation", Kind.OFFICE));
    /** Its elements are not what people wrote. */
    private static final String WITHOUT = "text/html";

    /** The condition of {@link #kind} on a column {@code type}. */
    static final String CONDITION = KINDS.keySet().stream().map(begin -> "type like '" + begin + "%'")
            .collect(Collectors.joining(" or ", "(", ")")) + " and type <> '" + WITHOUT + "'";

    private ContentTypes() {
    }

    /** How the text of a file of this type is found; empty if it has none. */
    static Optional<Kind> kind(String type) {
        return type.equals(WITHOUT) ? Optional.empty()
                : KINDS.entrySet().stream().filter(kind -> type.startsWith(kind.getKey())).map(Map.Entry::getValue).findFirst();
    }
}
