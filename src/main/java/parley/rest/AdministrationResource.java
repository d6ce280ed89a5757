package parley.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
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
import parley.moderation.Approvals;
import parley.protocol.Problem;
import parley.room.RetentionLimits;
import parley.settings.Settings;

/** Maintenance of the rooms' logs and graceful shutdown, over HTTP, for callers in the group {@code parley-admin}. */
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
    private EnforcingRetention retention;
    @Inject
    private Approvals approvals;
    @Inject
    private GracefulShutdown shutdown;
    @Inject
    private AuditLog audit;
    @Inject
    private Settings settings;
    @Inject
    private AdministratorTasks tasks;

    @Context
    private UriInfo uri;
    @Context
    private Request request;

    /** How many rooms, events or connections the task covered. */
    record DoneBody(long done) {}

    /** Gives every room's log a new epoch, for use after the database was restored from an older backup. */
    @POST
    @Path("epoch")
    public CompletionStage<Response> renewAll() {
        return audited(() -> Response.ok(new DoneBody(epochs.renewAll())).build());
    }

    /** Gives one room's log a new epoch. */
    @POST
    @Path("rooms/{room}/epoch")
    public CompletionStage<Response> renew(@PathParam("room") String room) {
        return audited(() -> epochs.renew(room) ? Response.ok(new DoneBody(1)).build()
                : Problems.response(Problem.noSuchRoom()));
    }

    /** Rebuilds a room's projections from its log. */
    @POST
    @Path("rooms/{room}/rebuild")
    public CompletionStage<Response> rebuild(@PathParam("room") String room) {
        return audited(() -> switch (rebuilding.rebuild(room)) {
            case Rebuilding.Outcome.Rebuilt rebuilt -> Response.ok(new DoneBody(rebuilt.events())).build();
            case Rebuilding.Outcome.NoSuchRoom none -> Problems.response(Problem.noSuchRoom());
            case Rebuilding.Outcome.Running running -> Problems.response(Problem.conflict("A rebuild of this room is running."));
        });
    }

    /**
     * How long something is kept.
     *
     * @param name {@code default}, {@code floor}, {@code ceiling} or {@code audit}
     * @param setting what says so
     */
    record KeptBody(String name, String retention, String setting) {}

    /** How long rooms and the audit keep things. */
    record KeptListBody(List<KeptBody> kept) {}

    /** The retention of a new room, the shortest and the longest that a room may have, and that of the audit, as the settings say. */
    @GET
    @Path("retention")
    public CompletionStage<Response> retention() {
        return tasks.run(() -> {
            RetentionLimits limits = RetentionLimits.of(settings.retention().kept());
            return Response.ok(new KeptListBody(List.of(
                    new KeptBody("default", limits.standard().wire(), "parley.retention.default"),
                    new KeptBody("floor", limits.floor().wire(), "parley.retention.floor-days"),
                    new KeptBody("ceiling", limits.ceiling().wire(), "parley.retention.ceiling-days"),
                    new KeptBody("audit", settings.retention().audit().toDays() + "d", "parley.audit.days")))).build();
        });
    }

    /** Removes what is older than the retention of its room, and messages that waited for a moderator for too long, now. */
    @POST
    @Path("retention")
    public CompletionStage<Response> enforceRetention() {
        return audited(() -> {
            Instant now = Instant.now();
            approvals.expire(now);
            return Response.ok(new DoneBody(retention.enforce(now))).build();
        });
    }

    /** Closes all connections of this instance before it is stopped: {@link GracefulShutdown#drain}. */
    @POST
    @Path("drain")
    public CompletionStage<Response> drain() {
        return audited(() -> Response.ok(new DoneBody(shutdown.drain())).build());
    }

    /** Accepts clients again. */
    @DELETE
    @Path("drain")
    public CompletionStage<Response> reopen() {
        return audited(() -> {
            shutdown.reopen();
            return Response.noContent().build();
        });
    }

    // The audit event is stored first: without it the task is not run.
    private CompletionStage<Response> audited(Supplier<Response> task) {
        AuditEvent event = new AuditEvent(Instant.now(), "administration", caller.get().id(), null,
                uri.getPathParameters().getFirst("room"),
                caller.address(), request.getMethod() + " " + uri.getPath(), 1);
        return tasks.run(() -> {
            audit.write(List.of(event));
            return task.get();
        });
    }
}
