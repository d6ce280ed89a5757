/**
 * The HTTP interface: rooms, members, history and tickets as JSON under {@code /api}, and tasks for administrators.
 *
 * <p>{@code parley.http} refuses malformed requests first, and {@link parley.rest.BearerTokenFilter} requests without a valid token. A
 * resource reads its request, asks the same activities as the socket, and decides nothing itself. A refusal is a problem body (RFC 9457)
 * with a {@code code} from the same list as on the socket; it never contains a stack trace. No package imports this one.
 */
package parley.rest;
