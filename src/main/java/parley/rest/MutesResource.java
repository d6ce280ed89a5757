package parley.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import parley.identity.Caller;
import parley.room.LiftMute;
import parley.room.MuteUser;

/** The mutes of a room, over HTTP: for its owners and moderators, and for administrators. */
@Path("rooms/{room}/mutes")
@Produces(MediaType.APPLICATION_JSON)
public class MutesResource {

    @Inject
    private RequestCaller caller;
    @Inject
    private Proposing proposing;

    /** Mutes a user: {@code {"user","until"}}, or for seconds, {@code {"user","for"}}. */
    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    public CompletionStage<Response> mute(@PathParam("room") String room, String body) {
        Caller by = caller.get();
        return proposing.propose(body, fields -> {
            Instant until = RestrictionEnd.of(fields, Instant.now()).orElseGet(() -> fields.moment("until"));
            return user -> new MuteUser(room, by.actor(), user, until);
        });
    }

    /** Lifts the mute of {@code ?user=}. */
    @DELETE
    public CompletionStage<Response> lift(@PathParam("room") String room, @QueryParam("user") String user) {
        Caller by = caller.get();
        return proposing.proposeFor(user, () -> new LiftMute(room, by.actor(), user));
    }
}
