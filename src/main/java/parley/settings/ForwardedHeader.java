package parley.settings;

/** The header in which a proxy names the client's address. */
public enum ForwardedHeader {
    /** The header that nearly every proxy writes. */
    X_FORWARDED_FOR("X-Forwarded-For"),
    /** The standard header, RFC 7239. */
    FORWARDED("Forwarded");

    private final String field;

    ForwardedHeader(String field) {
        this.field = field;
    }

    /** The header's name. */
    public String field() {
        return field;
    }
}
