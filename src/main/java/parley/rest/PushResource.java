package parley.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import parley.feature.Features;
import parley.http.RequestBody;
import parley.notify.PushSubscriptions;
import parley.protocol.Feature;
import parley.protocol.Fields;
import parley.protocol.Problem;
import parley.threads.RequestPool;

/** The caller's browsers that receive Web Push, over HTTP. */
@Path("me/push")
@Produces(MediaType.APPLICATION_JSON)
public class PushResource {

    private static final int LONGEST_ENDPOINT = 2_000;
    private static final int LONGEST_KEY = 200;

    @Inject
    private RequestCaller caller;
    @Inject
    private PushSubscriptions subscriptions;
    @Inject
    private Features features;
    @Inject
    private RequestPool readers;
    @Inject
    private ResponsePool answers;

    /** Stores a subscription as the browser writes it: {@code {"endpoint","keys":{"p256dh","auth"},"expirationTime"?}}; 204. */
    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    public CompletionStage<Response> put(String body) {
        String person = caller.get().id();
        Fields fields = RequestBody.fields(body);
        String endpoint = fields.line("endpoint", LONGEST_ENDPOINT);
        // Browsers write it. A push service that no longer knows a subscription says so.
        if (fields.has("expirationTime")) {
            fields.number("expirationTime", 0);
        }
        Fields keys = fields.object("keys");
        String p256dh = keys.line("p256dh", LONGEST_KEY);
        String auth = keys.line("auth", LONGEST_KEY);
        keys.problem().ifPresent(fields::wrong);
        return answer(fields.problem(), () -> Problems.doneUnless(subscriptions.put(person, endpoint, p256dh, auth)));
    }

    /** Removes the subscription of {@code ?endpoint=}; 204. */
    @DELETE
    public CompletionStage<Response> remove(@QueryParam("endpoint") String endpoint) {
        String person = caller.get().id();
        Optional<Problem> refused = endpoint == null || endpoint.isBlank() || endpoint.length() > LONGEST_ENDPOINT
                ? Optional.of(Problem.badRequest("`endpoint` in the query must be a URL of at most " + LONGEST_ENDPOINT + " characters."))
                : Optional.empty();
        return answer(refused, () -> {
            subscriptions.remove(person, endpoint);
            return Response.noContent().build();
        });
    }

    private CompletionStage<Response> answer(Optional<Problem> problem, Supplier<Response> response) {
        Optional<Problem> refused = features.isOn(Feature.NOTIFICATIONS) ? problem : Optional.of(Problem.notFound());
        return refused.map(answers::refused).orElseGet(() -> answers.of(readers.read(response)));
    }
}
