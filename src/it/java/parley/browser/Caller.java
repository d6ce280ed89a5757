package parley.browser;

import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import parley.kit.Coturn;
import parley.kit.Json;
import parley.kit.Server;
import parley.kit.Tokens;
import tools.jackson.databind.JsonNode;

/** A page whose calls go through a relay and nowhere else. What its connections received is known. */
public final class Caller {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final String ONLY_THE_RELAY = """
            window.connections = [];
            const Connection = RTCPeerConnection;
            window.RTCPeerConnection = class extends Connection {
              constructor(configuration) {
                super({ ...configuration, iceTransportPolicy: 'relay' });
                connections.push(this);
              }
            };""";

    private Caller() {
    }

    /** The page of this person, who allows microphone and camera, in this room. */
    static Page opens(Browser browser, String person, String room, Coturn relay) {
        BrowserContext session = browser.opensSession();
        session.grantPermissions(List.of("microphone", "camera"));
        return opens(browser, session, home(), person, Tokens.of(person), room, relay);
    }

    /** The same on a portal elsewhere, with a token for it. */
    static Page opens(Browser browser, URI portal, String person, String token, String room, Coturn relay) {
        BrowserContext session = browser.opensSession();
        session.grantPermissions(List.of("microphone", "camera"));
        return opens(browser, session, portal, person, token, room, relay);
    }

    /** The same on a phone of someone who allows nothing. */
    static Page onAPhone(Browser browser, String person, String room, Coturn relay) {
        return opens(browser, browser.opensSessionOnAPhone(), home(), person, Tokens.of(person), room, relay);
    }

    private static URI home() {
        return URI.create(Server.base() + "/");
    }

    private static Page opens(Browser browser, BrowserContext session, URI portal, String person, String token, String room,
                              Coturn relay) {
        session.addInitScript(ONLY_THE_RELAY);
        session.route("**/api/turn", route -> namesTheRelay(route, person, relay));
        People.staysSignedIn(session, person, token);
        Page page = browser.opensTab(session);
        page.navigate(portal.toString());
        People.opens(page, room);
        return page;
    }

    // With the server's own credentials. A server without a relay gets those that it would make.
    private static void namesTheRelay(Route route, String person, Coturn relay) {
        APIResponse answer = route.fetch();
        Map<String, Object> turn = new TreeMap<>(relay.credentials(person));
        if (answer.ok()) {
            JsonNode given = Json.read(answer.text());
            List.of("username", "credential", "expires").forEach(name -> turn.put(name, given.get(name)));
        }
        route.fulfill(new Route.FulfillOptions().setContentType("application/json").setBody(Json.text(turn)));
    }

    /** How many connections go through the relay now. */
    static int relayed(Page page) {
        return number(page, """
                async () => {
                  let count = 0;
                  for (const connection of connections.filter((one) => one.connectionState === 'connected')) {
                    const stats = await connection.getStats();
                    const all = [...stats.values()];
                    const pair = all.find((one) => one.type === 'candidate-pair' && one.nominated && one.state === 'succeeded');
                    if (pair && stats.get(pair.localCandidateId).candidateType === 'relay') count++;
                  }
                  return count;
                }""");
    }

    /** The bytes of sound and pictures that the page has received on the connections that it has now. */
    static int received(Page page) {
        return number(page, """
                async () => {
                  let bytes = 0;
                  for (const connection of connections.filter((one) => one.connectionState === 'connected')) {
                    for (const one of (await connection.getStats()).values()) if (one.type === 'inbound-rtp') bytes += one.bytesReceived;
                  }
                  return bytes;
                }""");
    }

    /** Waits until the page has received more. */
    static void flows(Page page, Duration within) {
        int before = received(page);
        await().atMost(within).pollInterval(POLL).until(() -> received(page) > before);
    }

    /** Notes from now on when each connection of the page receives something. */
    static void watches(Page page) {
        page.evaluate("""
                () => {
                  const last = new Map();
                  const look = async () => {
                    for (const connection of connections.filter((one) => one.connectionState !== 'closed')) {
                      let bytes = 0;
                      for (const one of (await connection.getStats()).values()) if (one.type === 'inbound-rtp') bytes += one.bytesReceived;
                      if (bytes > (last.get(connection)?.bytes ?? -1)) last.set(connection, { bytes, at: performance.now() });
                    }
                    setTimeout(look, 250);
                  };
                  window.silences = () => [...last.values()].map(({ at }) => performance.now() - at).sort((one, other) => one - other);
                  return look();
                }""");
    }

    /** How long the connections of a watched page have received nothing, in milliseconds: the longest of the best ones. */
    static int longestSilence(Page page, int best) {
        return number(page, "() => Math.round(silences()[" + (best - 1) + "])");
    }

    private static int number(Page page, String script) {
        return ((Number) page.evaluate(script)).intValue();
    }
}
