package parley.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import parley.audit.AuditEvent;
import parley.audit.AuditLog;
import parley.audit.RefusedSignIns;
import parley.protocol.Fields;
import parley.protocol.WireTime;

/** The audit over HTTP: who did what to whom, from where. For callers in the group {@code parley-admin}. */
@Path("administration/audit")
@Produces(MediaType.APPLICATION_JSON)
public class AuditResource {

    private static final int LARGEST_PAGE = 1_000;
    private static final int USUAL_PAGE = 100;

    @Inject
    private AuditLog audit;
    @Inject
    private RefusedSignIns refused;
    @Inject
    private AdministratorTasks tasks;
    @Inject
    private ResponsePool responses;

    /** An audit event as JSON; unknown fields are absent. */
    record EntryBody(String id, String at, String action, String actor, String subject, String room, String address, String detail,
            int times) {

        static EntryBody of(AuditLog.Entry entry) {
            AuditEvent event = entry.event();
            return new EntryBody(entry.id(), WireTime.text(event.at()), event.action(), event.actor(), event.subject(), event.room(),
                    event.address(), event.detail(), event.times());
        }
    }

    /** A page of the audit. */
    record AuditBody(List<EntryBody> entries, boolean more) {}

    /** Audit events, newest first: older than the entry {@code before}, by the user {@code actor}, in the room {@code room}. */
    @GET
    public CompletionStage<Response> page(@QueryParam("before") @DefaultValue("") String before, @Context UriInfo uri,
                                          @QueryParam("actor") String actor, @QueryParam("room") String room) {
        Fields query = Query.of(uri, "limit");
        int size = Page.size(query, USUAL_PAGE, LARGEST_PAGE);
        AuditLog.Question question = new AuditLog.Question(Optional.ofNullable(actor), Optional.ofNullable(room));
        return query.problem().map(responses::refused).orElseGet(() -> tasks.run(() -> {
            // Refused sign-ins that this instance has only counted so far belong to the page.
            refused.write();
            Page<AuditLog.Entry> page = Page.of(audit.page(question, before, size + 1), size);
            return Response.ok(new AuditBody(page.bodies(EntryBody::of), page.more())).build();
        }));
    }
}
