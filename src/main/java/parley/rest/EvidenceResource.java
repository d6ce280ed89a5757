package parley.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.concurrent.CompletionStage;
import parley.evidence.Evidence;
import parley.evidence.PublishedRoot;
import parley.evidence.SigningKey;
import parley.protocol.Fields;
import parley.protocol.Problem;
import parley.protocol.WireTime;

/** Evidence that the logs were not changed, for callers in the group {@code parley-admin}. */
@Path("administration/evidence")
@Produces(MediaType.APPLICATION_JSON)
public class EvidenceResource {

    private static final int CREATED = 201;
    private static final int LARGEST_PAGE = 1_000;

    @Inject
    private RequestCaller caller;
    @Inject
    private Evidence evidence;
    @Inject
    private AdministratorTasks tasks;
    @Inject
    private ResponsePool responses;

    /** A root as JSON: {@code text} is line and signature, as they are published. */
    record RootBody(long number, String at, String text) {

        static RootBody of(PublishedRoot root) {
            return new RootBody(root.number(), WireTime.text(root.at()), root.text());
        }
    }

    /** A page of roots. */
    record RootsBody(List<RootBody> roots, boolean more) {}

    /** A public key as JSON. */
    record KeyBody(String id, String publicKey, String at, String endorsement) {

        static KeyBody of(SigningKey key) {
            return new KeyBody(key.id(), key.publicKey(), WireTime.text(key.made()), key.endorsement().orElse(null));
        }
    }

    /** How far the evidence is; the key in use is the first. */
    record StatusBody(boolean on, boolean waiting, long roomsBehind, long eventsBehind, RootBody last, List<KeyBody> keys) {}

    /** How far the evidence is, and the public keys. */
    @GET
    public CompletionStage<Response> status() {
        return tasks.run(() -> {
            Evidence.Status now = evidence.status();
            return Response.ok(new StatusBody(now.on(), now.waiting(), now.roomsBehind(), now.eventsBehind(),
                    now.last().map(RootBody::of).orElse(null), now.keys().stream().map(KeyBody::of).toList())).build();
        });
    }

    /** The published roots after the number {@code after}, in order. */
    @GET
    @Path("roots")
    public CompletionStage<Response> roots(@Context UriInfo uri) {
        Fields query = Query.of(uri, "after", "limit");
        long after = query.number("after", 0, 0);
        int size = Page.size(query, Page.LARGEST, LARGEST_PAGE);
        return query.problem().map(responses::refused).orElseGet(() -> tasks.run(() -> {
            Page<PublishedRoot> page = Page.of(evidence.roots(after, size + 1), size);
            return Response.ok(new RootsBody(page.bodies(RootBody::of), page.more())).build();
        }));
    }

    /** Seals what is new and publishes a root now; 201. */
    @POST
    @Path("roots")
    public CompletionStage<Response> publish() {
        String by = caller.get().id();
        String address = caller.address();
        return tasks.run(() -> evidence.publish(by, address).map(root -> Response.status(CREATED).entity(RootBody.of(root)).build())
                .orElseGet(() -> Problems.response(Problem.unavailable(
                        "Evidence is off, or waits until no instance of an earlier version runs."))));
    }

    /** Makes a new key, which signs later roots; 201. */
    @POST
    @Path("keys")
    public CompletionStage<Response> changeKey() {
        String by = caller.get().id();
        String address = caller.address();
        return tasks.run(() -> Response.status(CREATED).entity(KeyBody.of(evidence.changeKey(by, address))).build());
    }
}
