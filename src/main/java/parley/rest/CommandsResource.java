package parley.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionStage;
import parley.protocol.Codec;
import parley.protocol.Problem;
import parley.protocol.Reply;
import parley.socket.FrameRouter;

/** Commands over HTTP, for clients without a WebSocket. */
@Path("commands")
@Produces(MediaType.APPLICATION_JSON)
public class CommandsResource {

    @Inject
    private RequestCaller caller;
    @Inject
    private FrameRouter router;
    @Inject
    private ResponsePool answers;

    /**
     * Executes the frame of a command. The answer is its reply, also if the command was refused, or 204 if it needs none. A body that is no
     * JSON object is no frame, and refused like that of other requests.
     */
    @POST
    public CompletionStage<Response> execute(String frame) {
        if (Codec.object(frame).isEmpty()) {
            return answers.refused(Problem.badRequest("The body must be one JSON object."));
        }
        return answers.of(router.execute(caller.get(), caller.address(), Codec.decode(frame))
                .thenApply(reply -> reply.map(CommandsResource::response).orElseGet(() -> Response.noContent().build())));
    }

    private static Response response(Reply reply) {
        return Response.ok(Codec.encode(reply).text()).header("Cache-Control", "no-store").build();
    }
}
