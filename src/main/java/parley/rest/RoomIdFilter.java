package parley.rest;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;
import java.util.List;
import parley.protocol.Fields;
import parley.protocol.Problem;

/** Answers 404 to a path whose {@code {room}} can't be a room's id, before anything is looked up or stored. */
@Provider
@Priority(Priorities.USER + 1)
public class RoomIdFilter implements ContainerRequestFilter {

    @Override
    public void filter(ContainerRequestContext request) {
        List<String> ids = request.getUriInfo().getPathParameters().get("room");
        if (ids != null && !ids.stream().allMatch(Fields::isRoomId)) {
            request.abortWith(Problems.response(Problem.noSuchRoom()));
        }
    }
}
