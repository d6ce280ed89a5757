package parley.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.concurrent.CompletionStage;
import parley.identity.Caller;
import parley.moderation.Approvals;
import parley.moderation.WaitingMessage;
import parley.protocol.AttachedFile;
import parley.protocol.Fields;
import parley.protocol.MessageChange;
import parley.protocol.User;
import parley.protocol.WireTime;
import parley.threads.RequestPool;

/** Messages that wait for a moderator: owners and moderators decide about those of their rooms, and administrators about all. */
@Path("approvals")
@Produces(MediaType.APPLICATION_JSON)
public class ApprovalsResource {

    private static final int USUAL_PAGE = 50;

    @Inject
    private RequestCaller caller;
    @Inject
    private Approvals approvals;
    @Inject
    private RequestPool readers;
    @Inject
    private ResponsePool answers;
    @Inject
    private Proposing proposing;

    /** A waiting message as moderators see it. */
    record WaitingBody(String id, String room, User author, String text, List<String> files, Long thread, String pattern, String at,
                       String expires) {

        static WaitingBody of(WaitingMessage message) {
            MessageChange.Posted post = (MessageChange.Posted) message.event().orElseThrow().change();
            return new WaitingBody(message.id(), message.room(), message.author(), post.text(),
                    post.files().isEmpty() ? null : post.files().stream().map(AttachedFile::name).toList(),
                    post.thread() > 0 ? post.thread() : null, message.pattern().orElse(""), WireTime.text(message.created()),
                    WireTime.text(message.expires()));
        }
    }

    /** A page of waiting messages. */
    record WaitingMessagesBody(List<WaitingBody> messages, boolean more) {}

    /** Where an approved message is. */
    record PostedBody(long offset) {}

    /** The waiting messages about which the caller may decide, newest first: of one {@code room} or of all, older than {@code before}. */
    @GET
    public CompletionStage<Response> list(@QueryParam("room") @DefaultValue("") String room,
                                          @QueryParam("before") @DefaultValue("") String before, @Context UriInfo uri) {
        Caller by = caller.get();
        Fields query = Query.of(uri, "limit");
        int size = Page.size(query, USUAL_PAGE, Page.LARGEST);
        return query.problem().map(answers::refused).orElseGet(() -> answers.of(readers.read(() -> {
            Page<WaitingMessage> page = Page.of(approvals.page(by.actor(), room, before, size + 1), size);
            return Response.ok(new WaitingMessagesBody(page.bodies(WaitingBody::of), page.more())).build();
        })));
    }

    /** Posts a waiting message as its author; 404 if it no longer waits. */
    @POST
    @Path("{message}/approve")
    public CompletionStage<Response> approve(@PathParam("message") String id) {
        Caller by = caller.get();
        String address = caller.address();
        return answers.of(readers.read(() -> switch (approvals.approve(id, by.actor(), address,
                proposal -> proposing.submit(proposal, address))) {
            case Approvals.Outcome.Posted posted -> Response.ok(new PostedBody(posted.offset())).build();
            case Approvals.Outcome.Refused refused -> Problems.response(refused.problem());
        }));
    }

    /** Refuses a waiting message; 204. 404 if it no longer waits. */
    @POST
    @Path("{message}/refuse")
    public CompletionStage<Response> refuse(@PathParam("message") String id) {
        Caller by = caller.get();
        String address = caller.address();
        return answers.of(readers.read(() -> Problems.doneUnless(approvals.refuse(id, by.actor(), address))));
    }
}
