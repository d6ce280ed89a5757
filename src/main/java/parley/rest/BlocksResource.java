package parley.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import parley.feature.Features;
import parley.http.RequestBody;
import parley.people.Blocks;
import parley.people.People;
import parley.protocol.Feature;
import parley.protocol.Fields;
import parley.protocol.Problem;
import parley.protocol.User;
import parley.threads.RequestPool;

/** The people whom the caller blocks. */
@Path("me/blocks")
@Produces(MediaType.APPLICATION_JSON)
public class BlocksResource {

    @Inject
    private RequestCaller caller;
    @Inject
    private Blocks blocks;
    @Inject
    private People people;
    @Inject
    private Features features;
    @Inject
    private RequestPool readers;
    @Inject
    private ResponsePool answers;

    /** All people whom the caller blocks: at most {@link Blocks#MOST}. */
    record BlocksBody(List<User> blocks) {}

    /** The people whom the caller blocks, by id. */
    @GET
    public CompletionStage<Response> list() {
        String by = caller.get().id();
        return features.refusal(Feature.PEOPLE).map(answers::refused)
                .orElseGet(() -> answers.of(readers.read(() -> Response.ok(new BlocksBody(blocks.of(by))).build())));
    }

    /** Blocks a person: {@code {"user"}}. */
    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    public CompletionStage<Response> block(String body) {
        String by = caller.get().id();
        String address = caller.address();
        Fields fields = RequestBody.fields(body);
        String user = fields.user("user");
        if (user.equals(by)) {
            fields.wrong(Problem.badRequest("You can't block yourself."));
        }
        return features.refusal(Feature.PEOPLE).or(fields::problem).map(answers::refused).orElseGet(() -> answers.of(readers.read(() ->
                Problems.doneUnless(people.all(List.of(user), by).isPresent() ? blocks.block(by, user, address)
                        : Optional.of(Problem.noSuchPerson())))));
    }

    /** Ends the block of {@code ?user=}. */
    @DELETE
    public CompletionStage<Response> unblock(@QueryParam("user") String user) {
        String by = caller.get().id();
        String address = caller.address();
        Optional<Problem> refused = features.refusal(Feature.PEOPLE).or(() -> Query.wrongUser("user", user));
        return refused.map(answers::refused).orElseGet(() -> answers.of(readers.read(() -> {
            blocks.unblock(by, user, address);
            return Response.noContent().build();
        })));
    }
}
