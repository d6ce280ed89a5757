/**
 * The HTTP interface: rooms, members, history and tickets as JSON under {@code /api}.
 *
 * <p>{@code parley.http} has refused what is malformed before. Callers are checked by {@link parley.rest.BearerTokenFilter} before a
 * resource is reached. A refusal is a problem body (RFC 9457) whose {@code code} is from the same list as on the socket, and never holds a stack trace. Nothing is decided
 * here: resources ask the same activities as the socket does. Nobody imports this package.
 */
package parley.rest;
