package parley.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.concurrent.CompletionStage;
import parley.call.PastCalls;
import parley.protocol.Feature;
import parley.protocol.Fields;
import parley.protocol.Problem;
import tools.jackson.databind.util.RawValue;

/** The calls that a room had, over HTTP: what a page shows of them between messages that it did not receive as events. */
@Path("rooms/{room}/calls")
@PartOf(Feature.CALLS)
@Produces(MediaType.APPLICATION_JSON)
public class CallsResource {

    @Inject
    private RequestCaller caller;
    @Inject
    private PastCalls calls;
    @Inject
    private ResponsePool answers;

    /** The events as the socket sends them: frames of the log. */
    record CallsBody(List<RawValue> calls) {

        private static CallsBody of(List<String> frames) {
            return new CallsBody(frames.stream().map(RawValue::new).toList());
        }
    }

    /** The events of calls after an offset, as they are in the log. */
    @GET
    public CompletionStage<Response> after(@PathParam("room") String room, @Context UriInfo uri) {
        Fields query = Query.of(uri, "after");
        long after = query.number("after", 0, 0L);
        return query.problem().map(answers::refused).orElseGet(() -> answers.of(calls.after(caller.get().id(), room, after)
                .thenApply(found -> found.map(frames -> Response.ok(CallsBody.of(frames)).build())
                        .orElseGet(() -> Problems.response(Problem.noSuchRoom())))));
    }
}
