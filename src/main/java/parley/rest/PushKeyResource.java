package parley.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionStage;
import parley.feature.Features;
import parley.notify.PushSubscriptions;
import parley.protocol.Feature;
import parley.protocol.Problem;
import parley.threads.RequestPool;

/** The public key that browsers subscribe to Web Push with, over HTTP. */
@Path("push-key")
@Produces(MediaType.APPLICATION_JSON)
public class PushKeyResource {

    @Inject
    private PushSubscriptions subscriptions;
    @Inject
    private Features features;
    @Inject
    private RequestPool readers;
    @Inject
    private ResponsePool answers;

    /** A key as JSON. */
    record KeyBody(String key) {}

    /** The installation's public key, in base64url. */
    @GET
    public CompletionStage<Response> key() {
        return features.isOn(Feature.NOTIFICATIONS)
                ? answers.of(readers.read(() -> Response.ok(new KeyBody(subscriptions.key())).build()))
                : answers.refused(Problem.notFound());
    }
}
