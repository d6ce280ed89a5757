package parley.protocol;

import tools.jackson.databind.json.JsonMapper;

/** Strings as JSON has them. */
public final class Json {

    private static final JsonMapper MAPPER = new JsonMapper();

    private Json() {
    }

    /** A string as the frames of the log have it, with its quotes. */
    public static String quoted(String text) {
        return MAPPER.writeValueAsString(text);
    }

    /** The same without the quotes: what a frame has where this is a part of a string. */
    public static String part(String text) {
        String quoted = quoted(text);
        return quoted.substring(1, quoted.length() - 1);
    }
}
