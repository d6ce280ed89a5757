package parley.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import parley.health.Availability;
import parley.hook.IncomingHooks;
import parley.journal.Receipt;
import parley.protocol.ErrorCode;
import parley.protocol.Feature;
import parley.protocol.Problem;
import parley.threads.RequestPool;

/** Where other programs post messages. The token in the path is the only credential, and allows to post to one room, no more. */
@Path("hooks")
@Produces({MediaType.TEXT_PLAIN, MediaType.APPLICATION_JSON})
@PartOf(Feature.HOOKS)
public class IncomingResource {

    @Inject
    private RequestCaller caller;
    @Inject
    private Availability availability;
    @Inject
    private IncomingHooks hooks;
    @Inject
    private Proposing proposing;
    @Inject
    private RequestPool readers;
    @Inject
    private ResponsePool answers;

    /** Posts {@code {"text"}}, a message in Slack's shape, or plain text. Answers {@code ok}, as Slack
     * does, or 202 and {@code held} if a rule lets the message wait for a moderator. */
    @POST
    @Path("{token}")
    @WithoutToken
    public CompletionStage<Response> post(@PathParam("token") String token, @HeaderParam(HttpHeaders.CONTENT_TYPE) String type,
                                          @HeaderParam("webhook-id") String id, @HeaderParam("webhook-timestamp") String timestamp,
                                          @HeaderParam("webhook-signature") String signature, String body) {
        String address = caller.address();
        IncomingHooks.Incoming request = new IncomingHooks.Incoming(token, orEmpty(type), orEmpty(body), orEmpty(id), orEmpty(timestamp),
                orEmpty(signature));
        return availability.refusal().map(answers::refused).orElseGet(() -> answers.of(readers
                .read(() -> hooks.read(request, Instant.now())).thenCompose(read -> switch (read) {
                    case IncomingHooks.Read.Refused refused -> CompletableFuture.completedFuture(Problems.response(refused.problem()));
                    case IncomingHooks.Read.Post post -> proposing.submit(post.message(), address).thenApply(IncomingResource::response);
                })));
    }

    private static Response response(Receipt receipt) {
        if (receipt instanceof Receipt.Refused refused) {
            return Problems.response(refused.problem().code() == ErrorCode.NOT_FOUND || refused.problem().code() == ErrorCode.FORBIDDEN
                    ? Problem.forbidden("The service of this hook can't post in its room: it was removed, muted or banned.")
                    : refused.problem());
        }
        return receipt instanceof Receipt.Held ? Response.accepted("held").type(MediaType.TEXT_PLAIN_TYPE).build()
                : Response.ok("ok", MediaType.TEXT_PLAIN_TYPE).build();
    }

    private static String orEmpty(String text) {
        return Optional.ofNullable(text).orElse("");
    }
}
