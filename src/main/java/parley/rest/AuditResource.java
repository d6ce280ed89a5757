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
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import parley.audit.AuditEvent;
import parley.audit.AuditLog;
import parley.audit.RefusedSignIns;
import parley.protocol.Fields;
import parley.protocol.Problem;
import parley.protocol.WireTime;

/** The audit over HTTP: who did what to whom, from where. For callers in the group {@code parley-admin}. */
@Path("administration/audit")
@Produces(MediaType.APPLICATION_JSON)
public class AuditResource {

    private static final int LARGEST_PAGE = 1_000;
    private static final int USUAL_PAGE = 100;
    private static final int LARGEST_EXPORT = 10_000;
    private static final int LONGEST_FILTER = 255;

    @Inject
    private RequestCaller caller;
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

    /**
     * Audit events, newest first: older than the entry {@code before}, and those that fit the parameters {@code actor}, {@code subject},
     * {@code room}, {@code action}, {@code from} and {@code until}. Reading is an audit event.
     */
    @GET
    public CompletionStage<Response> page(@QueryParam("before") @DefaultValue("") String before, @Context UriInfo uri) {
        Fields query = filter(uri, "limit");
        int size = Page.size(query, USUAL_PAGE, LARGEST_PAGE);
        AuditLog.Question question = question(query);
        AuditEvent reading = reading(AuditLog.READ, uri);
        return query.problem().map(responses::refused).orElseGet(() -> tasks.run(() -> {
            // Refused sign-ins that this instance has only counted so far belong to the page.
            refused.write();
            audit.write(List.of(reading));
            Page<AuditLog.Entry> page = Page.of(audit.page(question, before, size + 1), size);
            return Response.ok(new AuditBody(page.bodies(EntryBody::of), page.more())).build();
        }));
    }

    /**
     * The same as a file, with {@code format} {@code csv} or {@code jsonl}: up to {@value #LARGEST_EXPORT} entries. If there are more, the
     * header {@code Link} has the address of the rest.
     */
    @GET
    @Path("export")
    @Produces(MediaType.WILDCARD)
    public CompletionStage<Response> export(@QueryParam("before") @DefaultValue("") String before,
                                            @QueryParam("format") @DefaultValue("") String name, @Context UriInfo uri) {
        Fields query = filter(uri);
        AuditLog.Question question = question(query);
        Optional<AuditFile> format = AuditFile.of(name);
        if (format.isEmpty()) {
            query.wrong(Problem.badRequest("`format` in the query must be csv or jsonl."));
        }
        AuditEvent reading = reading(AuditLog.EXPORTED, uri);
        return query.problem().map(responses::refused).orElseGet(() -> tasks.run(() -> {
            refused.write();
            audit.write(List.of(reading));
            Page<AuditLog.Entry> page = Page.of(audit.page(question, before, LARGEST_EXPORT + 1), LARGEST_EXPORT);
            AuditFile file = format.orElseThrow();
            Response.ResponseBuilder answer = Response.ok(file.text(page.bodies(EntryBody::of), before.isEmpty()), file.type());
            if (page.more()) {
                answer.link(uri.getRequestUriBuilder().replaceQueryParam("before", page.entries().getLast().id()).build(), "next");
            }
            return answer.header("Content-Disposition", "attachment; filename=\"audit." + name + '"').build();
        }));
    }

    private static Fields filter(UriInfo uri, String... more) {
        return Query.withTexts(uri, List.of("actor", "subject", "room", "action", "from", "until"), more);
    }

    private static AuditLog.Question question(Fields query) {
        return new AuditLog.Question(line(query, "actor"), line(query, "subject"), line(query, "room"), line(query, "action"),
                moment(query, "from"), moment(query, "until"));
    }

    private static Optional<String> line(Fields query, String name) {
        return query.has(name) ? Optional.of(query.line(name, LONGEST_FILTER)) : Optional.empty();
    }

    private static Optional<Instant> moment(Fields query, String name) {
        return query.has(name) ? Optional.of(query.moment(name)) : Optional.empty();
    }

    // What was asked for; a user of the filter is in the detail, because nothing was done to them.
    private AuditEvent reading(String action, UriInfo uri) {
        return new AuditEvent(Instant.now(), action, caller.get().id(), null, null, caller.address(), uri.getRequestUri().getRawQuery(), 1);
    }
}
