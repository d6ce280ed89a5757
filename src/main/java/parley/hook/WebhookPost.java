package parley.hook;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import parley.outgoing.Endpoints;
import parley.outgoing.PinnedConnection;
import parley.outlet.Attempt;
import parley.outlet.OutgoingEvent;

/**
 * Posts events to the URLs of webhooks: one request for each event, signed, to an address that was checked. Follows no redirect. Safe for
 * every thread.
 */
final class WebhookPost {

    /** Sends a request to a checked address; {@link PinnedConnection} does. */
    interface Transport {
        Outcome send(PinnedConnection.Request request, InetAddress address, Duration longest) throws IOException;
    }

    private final Endpoints endpoints;
    private final Transport transport;
    private final Duration longest;
    private final LongSupplier ticker;

    /** @param longest how long a request may take */
    WebhookPost(Endpoints endpoints, Transport transport, Duration longest, LongSupplier ticker) {
        this.endpoints = endpoints;
        this.transport = transport;
        this.longest = longest;
        this.ticker = ticker;
    }

    /** Reads the status of a response, and the beginning of the body of a refusal. */
    static Transport over(PinnedConnection connection) {
        return (request, address, longest) -> connection.send(request, address, longest, response ->
                Outcome.answered(response.status(), pause(response.header("retry-after")),
                        response.status() / 100 == 2 ? "" : beginning(response)));
    }

    private static Duration pause(String seconds) {
        return seconds.matches("[0-9]{1,6}") ? Duration.ofSeconds(Long.parseLong(seconds)) : Duration.ZERO;
    }

    private static String beginning(PinnedConnection.Response response) {
        try {
            String text = new String(response.body().readNBytes(4 * Attempt.LONGEST_ANSWER), StandardCharsets.UTF_8);
            // The database takes no NUL, and half a character at the end is left out.
            return text.codePoints().filter(c -> c == '\n' || !Character.isISOControl(c) && Character.isDefined(c) && c != '\ufffd')
                    .limit(Attempt.LONGEST_ANSWER / 2).mapToObj(Character::toString).collect(Collectors.joining()).strip();
        } catch (IOException cut) {
            // The status is what counts.
            return "";
        }
    }

    /** Posts an event. Waits for the receiver. */
    Outcome post(WebhookRows.Target target, OutgoingEvent event, Instant now) {
        Optional<URI> url = endpoints.of(target.url());
        if (url.isEmpty()) {
            return Outcome.notAllowed();
        }
        String body = event.cloudEvent();
        long seconds = now.getEpochSecond();
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", OutgoingEvent.MEDIA_TYPE);
        headers.put("User-Agent", "Parley webhook");
        headers.put("webhook-id", event.id());
        headers.put("webhook-timestamp", "" + seconds);
        headers.put("webhook-signature", target.secrets(now).stream().map(secret -> Signatures.sign(secret, event.id(), seconds, body))
                .collect(Collectors.joining(" ")));
        long start = ticker.getAsLong();
        try {
            return transport.send(new PinnedConnection.Request("POST", url.get(), headers, body.getBytes(StandardCharsets.UTF_8)),
                    endpoints.resolve(url.get()), longest);
        } catch (IOException failed) {
            return Outcome.failed(failed, ticker.getAsLong() - start >= longest.toNanos());
        }
    }
}
