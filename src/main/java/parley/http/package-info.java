/**
 * What every HTTP request passes before a resource or the socket sees it, and how every refusal over HTTP is written.
 *
 * <p>The filters run in the order of {@code web.xml}: {@link parley.http.AsyncRequestFilter},
 * {@link parley.http.MalformedRequestFilter} (on Payara it installs {@code GrizzlyGate}, which refuses malformed requests before the
 * server's own routing and buffers bodies), {@link parley.http.ResponseHeadersFilter}, {@link parley.http.CrossOriginFilter}.
 * {@link parley.http.ProblemResponse} is the only writer of problem bodies.
 *
 * <p>This package knows neither rooms nor tokens. {@code socket}, {@code stream} and {@code rest} use it.
 */
package parley.http;
