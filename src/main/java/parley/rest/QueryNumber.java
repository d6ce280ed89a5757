package parley.rest;

import jakarta.ws.rs.WebApplicationException;
import java.util.regex.Pattern;
import parley.protocol.Problem;

/**
 * A whole number in a query, such as {@code limit=50}. Anything else is refused as {@code bad_request}; JAX-RS alone would answer that
 * there is no such address.
 */
public record QueryNumber(long value) {

    // As many digits as a number has that a browser can hold.
    private static final Pattern DIGITS = Pattern.compile("-?[0-9]{1,16}");

    /** By JAX-RS, for each parameter of this type that the request has. */
    public static QueryNumber valueOf(String written) {
        if (!DIGITS.matcher(written).matches()) {
            throw new WebApplicationException(Problems.response(Problem.badRequest("A parameter of the query must be a whole number.")));
        }
        return new QueryNumber(Long.parseLong(written));
    }

    /** How many entries a page has: what was asked for, at least one, at most {@code largest}. */
    static int pageSize(QueryNumber limit, int usual, int largest) {
        return limit == null ? usual : Math.clamp(limit.value(), 1, largest);
    }

    static Long valueOrNull(QueryNumber number) {
        return number == null ? null : number.value();
    }
}
