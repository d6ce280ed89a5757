package parley.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import parley.http.RequestBody;
import parley.protocol.Fields;
import parley.protocol.Level;
import parley.protocol.Problem;
import parley.reading.MyRooms;
import parley.reading.RoomPreferences;
import parley.threads.RequestPool;
import parley.watch.SortingRooms;

/** The caller's own rooms: with what is unread, and how the caller sorted them. */
@Path("me/rooms")
@Produces(MediaType.APPLICATION_JSON)
public class MyRoomsResource {

    private static final int LONGEST_WORD = 100;

    @Inject
    private RequestCaller caller;
    @Inject
    private MyRooms rooms;
    @Inject
    private SortingRooms sorting;
    @Inject
    private RequestPool readers;
    @Inject
    private ResponsePool answers;

    /** The caller's rooms, the one with the newest message first, after {@code ?after=}. */
    @GET
    public CompletionStage<Response> list(@QueryParam("after") @DefaultValue("") String after, @Context UriInfo uri) {
        String user = caller.get().id();
        Fields query = Query.of(uri, "limit");
        int size = Page.size(query, MyRooms.LARGEST_PAGE, MyRooms.LARGEST_PAGE);
        return query.problem().map(answers::refused).orElseGet(() -> answers.of(readers.read(() -> rooms.page(user, after, size)
                .map(page -> Response.ok(page).build())
                .orElseGet(() -> Problems.response(Problem.gone("You are not in the room `after`. Use `next` of the page before."))))));
    }

    /** Sorts a room: {@code {"level"?,"hidden"?,"favourite"?,"section"?,"position"?}}. */
    @PATCH
    @Path("{room}")
    @Consumes(MediaType.APPLICATION_JSON)
    public CompletionStage<Response> sort(@PathParam("room") String room, String body) {
        Fields fields = RequestBody.fields(body);
        RoomPreferences.Changes changes = new RoomPreferences.Changes(level(fields), flag(fields, "hidden"), flag(fields, "favourite"),
                fields.has("section") ? Optional.of(fields.lineOrNone("section", LONGEST_WORD)) : Optional.empty(),
                fields.has("position") ? OptionalLong.of(fields.number("position", 0)) : OptionalLong.empty());
        return fields.problem().map(answers::refused).orElseGet(() -> answers.of(sorting.sort(caller.get(), room, changes)
                .thenApply(Problems::doneUnless)));
    }

    private static Optional<Boolean> flag(Fields fields, String name) {
        return fields.has(name) ? Optional.of(fields.flag(name)) : Optional.empty();
    }

    private static Optional<Level> level(Fields fields) {
        if (!fields.has("level")) {
            return Optional.empty();
        }
        Optional<Level> level = Level.of(fields.line("level", LONGEST_WORD));
        if (level.isEmpty()) {
            fields.wrong(Problem.badRequest("`level` must be all, mentions or nothing."));
        }
        return level;
    }
}
