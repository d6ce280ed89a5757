package parley.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionStage;
import parley.installation.DefaultRooms;

/** Which rooms people join at their first sign-in, for callers in the group {@code parley-admin}. */
@Path("administration/rooms/{room}/default")
@Produces(MediaType.APPLICATION_JSON)
public class DefaultRoomsResource {

    @Inject
    private RequestCaller caller;
    @Inject
    private DefaultRooms rooms;
    @Inject
    private AdministratorTasks tasks;

    /** Makes a public room a default room; 204. */
    @PUT
    public CompletionStage<Response> add(@PathParam("room") String room) {
        String by = caller.get().id();
        String address = caller.address();
        return tasks.run(() -> Problems.doneUnless(rooms.add(room, by, address)));
    }

    /** The room is no default room any more; 204. */
    @DELETE
    public CompletionStage<Response> remove(@PathParam("room") String room) {
        String by = caller.get().id();
        String address = caller.address();
        return tasks.run(() -> {
            rooms.remove(room, by, address);
            return Response.noContent().build();
        });
    }
}
