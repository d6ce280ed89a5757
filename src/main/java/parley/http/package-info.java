/**
 * What every HTTP request meets before a resource or the socket sees it: malformed requests are refused, bodies are read whole,
 * and every answer gets its headers.
 *
 * <p>The order is that of {@code web.xml}: {@link parley.http.RequestShape} (on Payara also {@code GrizzlyGate}, which stands
 * before the server's own routing, and gathers bodies), {@link parley.http.PageHeaders}, {@link parley.http.CrossOrigin}.
 * Nothing here knows a room or a token, and nothing here waits for a client with a thread.
 */
package parley.http;
