package parley.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import parley.hook.IncomingHooks;
import parley.hook.Webhooks;
import parley.http.RequestBody;
import parley.identity.Actor;
import parley.journal.Receipt;
import parley.protocol.Feature;
import parley.protocol.Fields;
import parley.protocol.Problem;
import parley.protocol.Role;
import parley.protocol.User;
import parley.protocol.WireTime;
import parley.room.ChangeRole;
import parley.room.RemoveMember;
import parley.threads.RequestPool;

/** The incoming hooks of a room, for its owners and administrators. */
@Path("rooms/{room}/incoming-hooks")
@Produces(MediaType.APPLICATION_JSON)
@PartOf(Feature.HOOKS)
public class IncomingHooksResource {

    @Inject
    private RequestCaller caller;
    @Inject
    private HookAccess access;
    @Inject
    private IncomingHooks hooks;
    @Inject
    private Proposing proposing;
    @Inject
    private RequestPool readers;

    /** A hook as JSON; {@code url} and {@code secret} only when it was made. */
    record IncomingHookBody(String id, User user, String by, String created, Boolean signed, String url, String secret) {

        static IncomingHookBody of(IncomingHooks.IncomingHook hook, String url, String secret) {
            return new IncomingHookBody(hook.id(), hook.actor().user(), hook.by(), WireTime.text(hook.created()),
                    hook.signed() ? true : null, url, secret);
        }

        @Override
        public String toString() {
            return "incoming hook " + id;
        }
    }

    /** All incoming hooks of a room. */
    record IncomingHooksBody(List<IncomingHookBody> hooks) {}

    /** The hooks, oldest first. */
    @GET
    public CompletionStage<Response> list(@PathParam("room") String room) {
        return access.managing(room, RequestBody.fields("{}"), view -> Response.ok(new IncomingHooksBody(hooks.of(room).stream()
                .map(hook -> IncomingHookBody.of(hook, null, null)).toList())).build());
    }

    /**
     * Adds a hook, whose service becomes a member: {@code {"name","signed"?}}. The answer has its URL and secret, which are not shown
     * again.
     */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public CompletionStage<Response> add(@PathParam("room") String room, String body, @Context UriInfo here) {
        String base = here.getBaseUri().toString();
        Actor actor = caller.get().actor();
        Webhooks.By by = access.by();
        Fields fields = RequestBody.fields(body);
        String name = fields.name("name");
        boolean signed = fields.flag("signed", false);
        return access.managing(room, fields, view -> hooks.add(room, name, signed, by), found -> found
                .map(added -> proposing.submit(new ChangeRole(room, actor, added.hook().actor().user(), Role.MEMBER), by.address())
                        .thenCompose(receipt -> added(added, base, receipt, by)))
                .orElseGet(() -> CompletableFuture.completedFuture(
                        Problems.response(Problem.conflict("This room has the maximum number of incoming hooks.")))));
    }

    // Without its member, a hook could not post.
    private CompletableFuture<Response> added(IncomingHooks.Added added, String base, Receipt receipt, Webhooks.By by) {
        IncomingHooks.IncomingHook hook = added.hook();
        if (receipt instanceof Receipt.Refused refused) {
            return readers.read(() -> {
                hooks.remove(hook.room(), hook.id(), by);
                return Problems.response(refused.problem());
            });
        }
        return CompletableFuture.completedFuture(Response.status(Response.Status.CREATED).header("Cache-Control", "no-store")
                .entity(IncomingHookBody.of(hook, base + "hooks/" + added.token(), added.secret().orElse(null))).build());
    }

    /** Removes a hook and its service. Its messages stay. */
    @DELETE
    @Path("{hook}")
    public CompletionStage<Response> remove(@PathParam("room") String room, @PathParam("hook") String hook) {
        Actor actor = caller.get().actor();
        Webhooks.By by = access.by();
        return access.managing(room, RequestBody.fields("{}"), view -> hooks.remove(room, hook, by), removed -> removed
                .map(found -> proposing.submit(new RemoveMember(room, actor, found.actor().id()), by.address())
                        .thenApply(receipt -> receipt instanceof Receipt.Refused refused ? Problems.response(refused.problem())
                                : Response.noContent().build()))
                .orElseGet(() -> CompletableFuture.completedFuture(Problems.response(Problem.noSuchHook()))));
    }
}
