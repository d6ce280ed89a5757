package parley.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import parley.call.Conference;
import parley.protocol.Feature;
import parley.protocol.WireTime;

/** Invitations to the conference of a room on another server, over HTTP. 404 without such a server. */
@Path("rooms/{room}/conference")
@PartOf(Feature.CALLS)
@Produces(MediaType.APPLICATION_JSON)
public class ConferenceResource {

    @Inject
    private RequestCaller caller;
    @Inject
    private Conference conference;
    @Inject
    private ResponsePool answers;

    /** An invitation as JSON. */
    record InvitationBody(String url, String expires) {

        private static InvitationBody of(Conference.Invitation invitation) {
            return new InvitationBody(invitation.url().toString(), WireTime.text(invitation.expires()));
        }
    }

    /** Invites the caller. */
    @POST
    public CompletionStage<Response> invite(@PathParam("room") String room) {
        return answers.of(conference.invite(caller.get(), room, Instant.now()).thenApply(answer -> switch (answer) {
            case Conference.Answer.Invited invited -> Response.ok(InvitationBody.of(invited.invitation()))
                    .header("Cache-Control", "no-store").build();
            case Conference.Answer.Refused refused -> Problems.response(refused.problem());
        }));
    }
}
