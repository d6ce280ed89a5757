package parley.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionStage;
import parley.identity.Caller;
import parley.identity.Tickets;
import parley.protocol.WireTime;
import parley.threads.RequestPool;

/** One-time tickets over HTTP. */
@Path("tickets")
@Produces(MediaType.APPLICATION_JSON)
public class TicketsResource {

    @Inject
    private RequestCaller caller;
    @Inject
    private Tickets tickets;
    @Inject
    private RequestPool readers;
    @Inject
    private ResponsePool answers;

    /** A ticket as JSON. */
    record TicketBody(String ticket, String expires) {}

    /** Issues a ticket to the caller, valid for one handshake within 30 s. */
    @POST
    public CompletionStage<Response> issue() {
        Caller owner = caller.get();
        return answers.of(readers.read(() -> tickets.issue(owner)).thenApply(issued -> Response
                .ok(new TicketBody(issued.ticket(), WireTime.text(issued.expires())))
                .header("Cache-Control", "no-store").build()));
    }
}
