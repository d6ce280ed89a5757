package parley.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import parley.audit.AuditEvent;
import parley.audit.AuditLog;
import parley.hub.GracefulShutdown;
import parley.journal.EnforcingRetention;
import parley.journal.Rebuilding;
import parley.journal.RenewingEpoch;
import parley.protocol.Problem;

/** What administrators do to the logs, over HTTP: for callers in the group {@code parley-admin}. */
@Path("administration")
@Produces(MediaType.APPLICATION_JSON)
public class AdministrationResource {

    @Inject
    private RequestCaller caller;
    @Inject
    private RenewingEpoch epochs;
    @Inject
    private Rebuilding rebuilding;
    @Inject
    private EnforcingRetention forgetting;
    @Inject
    private GracefulShutdown draining;
    @Inject
    private AuditLog audit;
    @Inject
    private AdministratorCalls administering;

    @Context
    private UriInfo uri;
    @Context
    private Request request;

    /** How many rooms, events or connections were taken in hand. */
    record DoneBody(long done) {}

    /** Gives every room's log a new identity: after the database was restored from an older backup. */
    @POST
    @Path("epoch")
    public CompletionStage<Response> renewAll() {
        return audited(() -> Response.ok(new DoneBody(epochs.renewAll())).build());
    }

    /** Gives one room's log a new identity. */
    @POST
    @Path("rooms/{room}/epoch")
    public CompletionStage<Response> renew(@PathParam("room") String room) {
        return audited(() -> epochs.renew(room) ? Response.ok(new DoneBody(1)).build()
                : Problems.response(Problem.noSuchRoom()));
    }

    /** Makes a room's members and messages anew from its log. */
    @POST
    @Path("rooms/{room}/rebuild")
    public CompletionStage<Response> rebuild(@PathParam("room") String room) {
        return audited(() -> {
            long events = rebuilding.rebuild(room);
            return events < 0 ? Problems.response(Problem.noSuchRoom()) : Response.ok(new DoneBody(events)).build();
        });
    }

    /** Has every room forget now what is older than it keeps. */
    @POST
    @Path("retention")
    public CompletionStage<Response> forget() {
        return audited(() -> Response.ok(new DoneBody(forgetting.forgetAll(Instant.now()))).build());
    }

    /** Sends everyone away from this instance, before it is stopped: {@link GracefulShutdown#drain}. */
    @POST
    @Path("drain")
    public CompletionStage<Response> drain() {
        return audited(() -> Response.ok(new DoneBody(draining.drain())).build());
    }

    /** Lets clients in again. */
    @DELETE
    @Path("drain")
    public CompletionStage<Response> reopen() {
        return audited(() -> {
            draining.reopen();
            return Response.noContent().build();
        });
    }

    // What is done is in the audit before it is done, and not done when it can't be.
    private CompletionStage<Response> audited(Supplier<Response> task) {
        AuditEvent event = new AuditEvent(Instant.now(), "administration", caller.get().id(), null, uri.getPathParameters().getFirst("room"),
                caller.address(), request.getMethod() + " " + uri.getPath(), 1);
        return administering.administer(() -> {
            audit.write(List.of(event));
            return task.get();
        });
    }
}
