package parley.client;

/**
 * Why a client ended for good.
 *
 * @param code {@code closed} (the program closed it), {@code signed_out} (no token), {@code unauthorized} (three tokens in a row were
 *     refused), {@code forbidden} (the server refused the connection), or {@code broken} (the server found errors in its frames)
 * @param detail for a log
 */
public record Ending(String code, String detail) {
}
