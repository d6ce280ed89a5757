package parley.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.concurrent.CompletionStage;
import parley.moderation.Approvals;
import parley.moderation.WaitingMessage;
import parley.protocol.MessageChange;
import parley.protocol.WireTime;
import parley.threads.RequestPool;

/** The caller's own messages that a rule held, and what became of them. */
@Path("me/approvals")
@Produces(MediaType.APPLICATION_JSON)
public class MyApprovalsResource {

    @Inject
    private RequestCaller caller;
    @Inject
    private Approvals approvals;
    @Inject
    private RequestPool readers;
    @Inject
    private ResponsePool answers;

    /** A message as its author sees it: without the rule and the moderators. It has a text while it waits. */
    record OwnBody(String id, String room, String key, String text, String at, String expires, String state) {

        static OwnBody of(WaitingMessage message) {
            return new OwnBody(message.id(), message.room(), message.key(),
                    message.event().map(event -> ((MessageChange.Posted) event.change()).text()).orElse(null),
                    WireTime.text(message.created()), WireTime.text(message.expires()), message.state().wire());
        }
    }

    /** The last messages. */
    record OwnMessagesBody(List<OwnBody> messages) {}

    /** The last messages of the caller that a rule held, newest first. */
    @GET
    public CompletionStage<Response> own() {
        String by = caller.get().id();
        return answers.of(readers.read(() -> Response.ok(new OwnMessagesBody(approvals.of(by, Page.LARGEST).stream().map(OwnBody::of)
                .toList())).build()));
    }
}
