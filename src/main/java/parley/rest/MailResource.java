package parley.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionStage;
import parley.http.RequestBody;
import parley.notify.MailDigests;
import parley.protocol.Fields;
import parley.threads.RequestPool;

/** The caller's mail digests, over HTTP. 404 if mails are off or the caller's tokens had no verified address. */
@Path("me/mail")
@Produces(MediaType.APPLICATION_JSON)
public class MailResource {

    @Inject
    private RequestCaller caller;
    @Inject
    private MailDigests digests;
    @Inject
    private RequestPool readers;
    @Inject
    private ResponsePool answers;

    /** Whether the caller gets mails, and where. */
    record MailBody(boolean on, String address) {}

    /** Whether the caller gets mails, and where. */
    @GET
    public CompletionStage<Response> get() {
        String person = caller.get().id();
        return answers.of(readers.read(() -> digests.choice(person)
                .map(choice -> Response.ok(new MailBody(choice.on(), choice.address())).build())
                .orElseGet(Problems::notFound)));
    }

    /** Switches the caller's mails on or off: {@code {"on"}}; 204. */
    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    public CompletionStage<Response> put(String body) {
        String person = caller.get().id();
        Fields fields = RequestBody.fields(body);
        boolean on = fields.flag("on");
        return fields.problem().map(answers::refused).orElseGet(() -> answers.of(readers.read(() ->
                Problems.doneIf(digests.want(person, on)))));
    }
}
