package parley.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import parley.call.TurnCredentials;
import parley.protocol.Feature;
import parley.protocol.WireTime;

/** Credentials for the TURN server that relays calls, over HTTP. 404 without such a server: there is nothing that a client could use. */
@Path("turn")
@PartOf(Feature.CALLS)
@Produces(MediaType.APPLICATION_JSON)
public class TurnResource {

    @Inject
    private RequestCaller caller;
    @Inject
    private TurnCredentials turn;

    /** Credentials as JSON. */
    record TurnBody(List<String> urls, String username, String credential, String expires) {}

    /** Credentials for the caller, for {@code RTCPeerConnection}. */
    @GET
    public Response credentials() {
        return turn.of(caller.get().id(), Instant.now()).map(made -> Response.ok(new TurnBody(made.urls(), made.username(),
                made.credential(), WireTime.text(made.expires()))).header("Cache-Control", "no-store").build())
                .orElseGet(Problems::notFound);
    }
}
