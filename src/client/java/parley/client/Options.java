package parley.client;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.DoubleSupplier;

/**
 * How a client works. {@link ParleyBuilder} documents what a program can choose; only tests choose the times.
 *
 * @param resetMessages how many messages a {@link RoomEvent.Reset} has
 * @param binary whether to prefer CBOR
 * @param connectWithin from the beginning of an attempt to {@code hello}
 * @param tokenWithin the longest call of {@link Tokens}
 * @param quietFor a connection that brings nothing for so long is checked once
 * @param pongWithin how long a connection that is checked may stay silent
 * @param tick how often the client looks at these times
 * @param stable a connection that lasted so long counts as a success
 */
record Options(List<URI> servers, Tokens tokens, HttpClient http, Executor callbacks, int buffered, int unsent, int resetMessages,
        Duration commandTimeout, boolean binary, Duration connectWithin, Duration tokenWithin, Duration quietFor, Duration pongWithin,
        Duration tick, Duration stable, Duration firstBackoff, Duration longestBackoff, DoubleSupplier random) {
}
