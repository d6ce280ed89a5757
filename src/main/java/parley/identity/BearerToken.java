package parley.identity;

import java.util.Optional;

/** The token in a header {@code Authorization: Bearer} (RFC 6750 section 2.1). The scheme may be written in any case. */
public final class BearerToken {

    private static final String SCHEME = "bearer ";

    private BearerToken() {
    }

    /** The token of this header; empty without a header or with another scheme. */
    public static Optional<String> of(String header) {
        return Optional.ofNullable(header).filter(value -> value.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                .map(value -> value.substring(SCHEME.length()).strip());
    }
}
