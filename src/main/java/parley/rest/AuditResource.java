package parley.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import parley.audit.AuditEvent;
import parley.audit.AuditLog;
import parley.audit.RefusedSignIns;

/** Who did what to whom, from where, over HTTP: for callers in the group {@code parley-admin}. */
@Path("administration/audit")
@Produces(MediaType.APPLICATION_JSON)
public class AuditResource {

    private static final int LARGEST_PAGE = 1_000;

    @Inject
    private AuditLog audit;
    @Inject
    private RefusedSignIns refused;
    @Inject
    private AdministratorCalls administering;

    /** A deed as JSON; what is not known is left out. */
    record EntryBody(String id, String at, String action, String actor, String subject, String room, String address, String detail, int times) {

        static EntryBody of(AuditLog.Entry entry) {
            AuditEvent event = entry.event();
            return new EntryBody(entry.id(), event.at().toString(), event.action(), event.actor(), event.subject(), event.room(),
                    event.address(), event.detail(), event.times());
        }
    }

    /** A page of the audit. */
    record AuditBody(List<EntryBody> entries, boolean more) {}

    /** What was done, the newest first: before the entry of this id, by this user, in this room. */
    @GET
    public CompletionStage<Response> page(@QueryParam("before") @DefaultValue("") String before,
                                          @QueryParam("limit") QueryNumber limit,
                                          @QueryParam("actor") String actor, @QueryParam("room") String room) {
        int size = QueryNumber.pageSize(limit, 100, LARGEST_PAGE);
        AuditLog.Question question = new AuditLog.Question(Optional.ofNullable(actor), Optional.ofNullable(room));
        return administering.administer(() -> {
            // What this instance has only counted so far is part of it.
            refused.write();
            List<AuditLog.Entry> found = audit.page(question, before, size + 1);
            return Response.ok(new AuditBody(found.stream().limit(size).map(EntryBody::of).toList(), found.size() > size)).build();
        });
    }
}
