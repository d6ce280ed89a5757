package parley.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import parley.http.RequestBody;
import parley.identity.Actor;
import parley.journal.Views;
import parley.moderation.Rules;
import parley.protocol.Fields;
import parley.protocol.Problem;
import parley.room.RoomPolicy;
import parley.room.RoomView;
import parley.threads.RequestPool;

/** The rules about texts of a room: its owners and administrators change them, and its moderators can read them. */
@Path("rooms/{room}/rules")
@Produces(MediaType.APPLICATION_JSON)
public class RoomRulesResource {

    @Inject
    private RequestCaller caller;
    @Inject
    private Views views;
    @Inject
    private Rules rules;
    @Inject
    private RequestPool readers;
    @Inject
    private ResponsePool answers;

    /** All rules of the room, oldest first: at most {@link Rules#MOST_OF_ROOM}. */
    @GET
    public CompletionStage<Response> list(@PathParam("room") String room) {
        Actor by = caller.get().actor();
        return allowed(room, view -> RoomPolicy.listingRestrictions(view, by, Instant.now()),
                () -> Response.ok(RuleFields.RulesBody.of(rules.of(room))).build());
    }

    /** Adds a rule: {@code {"kind","pattern","action"}}; 201. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public CompletionStage<Response> add(@PathParam("room") String room, String body) {
        Actor by = caller.get().actor();
        String address = caller.address();
        Fields fields = RequestBody.fields(body);
        Rules.Wanted wanted = RuleFields.wanted(fields);
        return fields.problem().map(answers::refused).orElseGet(() -> allowed(room,
                view -> RoomPolicy.managingRules(view, by, Instant.now()),
                () -> RulesResource.added(rules.add(room, wanted, by.id(), address))));
    }

    /** Removes a rule; 204. */
    @DELETE
    @Path("{rule}")
    public CompletionStage<Response> remove(@PathParam("room") String room, @PathParam("rule") String id) {
        Actor by = caller.get().actor();
        String address = caller.address();
        return allowed(room, view -> RoomPolicy.managingRules(view, by, Instant.now()),
                () -> Problems.doneUnless(rules.remove(room, id, by.id(), address)));
    }

    private CompletionStage<Response> allowed(String room, Function<RoomView, Optional<Problem>> policy, Supplier<Response> answer) {
        return answers.of(views.of(room).thenCompose(view -> readers.read(() -> view.map(policy)
                .orElseGet(() -> Optional.of(Problem.noSuchRoom())).map(Problems::response).orElseGet(answer))));
    }
}
