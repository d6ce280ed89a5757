package parley.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.concurrent.CompletionStage;
import parley.http.RequestBody;
import parley.protocol.Codec;
import parley.protocol.Fields;
import parley.reading.Drafts;
import parley.threads.RequestPool;
import parley.watch.Drafting;

/** What the caller began to write and has not sent. */
@Path("me/drafts")
@Produces(MediaType.APPLICATION_JSON)
public class DraftsResource {

    @Inject
    private RequestCaller caller;
    @Inject
    private Drafts drafts;
    @Inject
    private Drafting drafting;
    @Inject
    private RequestPool readers;
    @Inject
    private ResponsePool answers;

    /** The caller's drafts. */
    record DraftsBody(List<Drafts.Draft> drafts) {}

    /** The caller's drafts, the newest first. */
    @GET
    public CompletionStage<Response> list() {
        String user = caller.get().id();
        return answers.of(readers.read(() -> Response.ok(new DraftsBody(drafts.of(user))).build()));
    }

    /** Stores the draft for a room: {@code {"text"}}. An empty text deletes it. */
    @PUT
    @Path("{room}")
    @Consumes(MediaType.APPLICATION_JSON)
    public CompletionStage<Response> store(@PathParam("room") String room, String body) {
        Fields fields = RequestBody.fields(body);
        String text = fields.textOrNone("text", Codec.LONGEST_TEXT);
        return fields.problem().map(answers::refused).orElseGet(() -> answers.of(drafting.store(caller.get(), room, text)
                .thenApply(Problems::doneUnless)));
    }
}
