package parley.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import parley.http.RequestBody;
import parley.moderation.Removal;
import parley.moderation.Removals;
import parley.protocol.Fields;
import parley.protocol.Problem;
import parley.protocol.User;
import parley.protocol.WireTime;

/** Removing all messages of a person at once, and undoing it, for callers in the group {@code parley-admin}. */
@Path("administration/removals")
@Produces(MediaType.APPLICATION_JSON)
public class RemovalsResource {

    private static final int LONGEST_ROOM = 64;
    private static final int LONGEST_REASON = 500;
    private static final int ACCEPTED = 202;

    @Inject
    private RequestCaller caller;
    @Inject
    private Removals removals;
    @Inject
    private AdministratorTasks tasks;

    /** A removal as JSON; unknown fields are absent. */
    record RemovalBody(String id, String user, String from, String to, List<String> rooms, String reason, String by, String at,
            String state, String node, int removed, int restored, int searched, boolean incomplete, String removedAt, String undoableUntil,
            String undoneBy, String ended) {

        static RemovalBody of(Removal removal) {
            return new RemovalBody(removal.id(), removal.person(), WireTime.text(removal.from()), WireTime.text(removal.to()),
                    removal.rooms().isEmpty() ? null : removal.rooms(), removal.reason().isEmpty() ? null : removal.reason(),
                    removal.by().id(), WireTime.text(removal.created()), removal.state().wire(), removal.node().orElse(null),
                    removal.removed(), removal.restored(), removal.looked(), removal.incomplete(),
                    removal.removedAt().map(WireTime::text).orElse(null), removal.undoableUntil().map(WireTime::text).orElse(null),
                    removal.undoneBy().map(User::id).orElse(null), removal.ended().map(WireTime::text).orElse(null));
        }
    }

    /** The last removals. */
    record RemovalsBody(List<RemovalBody> removals) {}

    /** Starts a removal: {@code {"user","from?","to?","rooms?","reason?"}}; 202. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public CompletionStage<Response> start(String body) {
        User by = caller.get().user();
        String address = caller.address();
        return tasks.run(() -> {
            Fields fields = RequestBody.fields(body);
            Removals.Wanted wanted = new Removals.Wanted(fields.user("user"),
                    fields.has("from") ? Optional.of(fields.moment("from")) : Optional.empty(),
                    fields.has("to") ? Optional.of(fields.moment("to")) : Optional.empty(),
                    fields.has("rooms") ? fields.lines("rooms", Removals.MOST_ROOMS, LONGEST_ROOM).stream().distinct().toList() : List.of(),
                    fields.has("reason") ? fields.lineOrNone("reason", LONGEST_REASON) : "");
            if (!wanted.rooms().stream().allMatch(Fields::isRoomId)) {
                fields.wrong(Problem.badRequest("`rooms` must be ids of rooms."));
            }
            return fields.problem().map(Problems::response).orElseGet(() -> answer(removals.start(wanted, by, address)));
        });
    }

    /** The last removals, the newest first. */
    @GET
    public CompletionStage<Response> list() {
        return tasks.run(() -> Response.ok(new RemovalsBody(removals.all().stream().map(RemovalBody::of).toList())).build());
    }

    /** One removal: how far it is. */
    @GET
    @Path("{removal}")
    public CompletionStage<Response> one(@PathParam("removal") String id) {
        return tasks.run(() -> removals.find(id).map(removal -> Response.ok(RemovalBody.of(removal)).build())
                .orElseGet(Problems::notFound));
    }

    /** Brings the messages back; 202, or 409 if the removal is not complete, was undone, or is older than a day. */
    @POST
    @Path("{removal}/undo")
    public CompletionStage<Response> undo(@PathParam("removal") String id) {
        User by = caller.get().user();
        String address = caller.address();
        return tasks.run(() -> answer(removals.undo(id, by, address)));
    }

    private static Response answer(Removals.Outcome outcome) {
        return switch (outcome) {
            case Removals.Outcome.Accepted accepted -> Response.status(ACCEPTED).entity(RemovalBody.of(accepted.removal())).build();
            case Removals.Outcome.Refused refused -> Problems.response(refused.problem());
        };
    }
}
