package parley.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
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
import parley.http.RequestBody;
import parley.identity.Revocation;
import parley.identity.RevocationLog;
import parley.identity.Revoking;
import parley.identity.Service;
import parley.protocol.Fields;
import parley.protocol.Problem;
import parley.protocol.WireTime;

/** Revoking tokens over HTTP, for callers in the group {@code parley-admin}. */
@Path("administration/revocations")
@Produces(MediaType.APPLICATION_JSON)
public class RevocationsResource {

    private static final int USUAL_PAGE = 50;

    @Inject
    private RequestCaller caller;
    @Inject
    private Revoking revoking;
    @Inject
    private RevocationLog log;
    @Inject
    private AdministratorTasks tasks;
    @Inject
    private ResponsePool responses;
    @Inject
    private AuditLog audit;

    /** A revocation as JSON. */
    record RevocationBody(long position, String kind, String subject, String at, String until, String by) {

        static RevocationBody of(Revocation revocation) {
            return new RevocationBody(revocation.position(), revocation.target().kind().wire(), revocation.target().subject(),
                    WireTime.text(revocation.at()), WireTime.text(revocation.until()), revocation.by());
        }
    }

    /** A page of revocations. */
    record RevocationsBody(List<RevocationBody> revocations, boolean more) {}

    /** Revokes the token of {@code {"jti"}}, the session of {@code {"sid"}}, or all tokens issued so far to {@code {"user"}}; 204. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public CompletionStage<Response> revoke(String body) {
        String by = caller.get().id();
        String address = caller.address();
        return tasks.run(() -> {
            Fields fields = RequestBody.fields(body);
            List<Revocation.Target> targets = List.of(Revocation.Kind.JTI, Revocation.Kind.SID, Revocation.Kind.USER).stream()
                    .filter(kind -> fields.has(kind.wire()))
                    .map(kind -> new Revocation.Target(kind, fields.line(kind.wire(), Revocation.Target.LONGEST_SUBJECT))).toList();
            if (targets.size() != 1) {
                fields.wrong(Problem.badRequest("The body must have one of `jti`, `sid` and `user`."));
            }
            if (targets.stream().anyMatch(target -> Service.is(target.subject()))) {
                fields.wrong(Problem.badRequest("The tokens of a bot are revoked at `administration/bots`."));
            }
            Optional<Problem> problem = fields.problem();
            return problem.map(Problems::response).orElseGet(() -> revoke(targets.getFirst(), by, address));
        });
    }

    // The audit event is stored first: without it nothing is revoked.
    private Response revoke(Revocation.Target target, String by, String address) {
        audit.write(List.of(AuditEvent.revoking(target, by, address)));
        return revoking.revoke(List.of(target), Instant.now(), by).map(Problems::response).orElseGet(() -> Response.noContent().build());
    }

    /** The stored revocations, by position. */
    @GET
    public CompletionStage<Response> list(@Context UriInfo uri) {
        Fields query = Query.of(uri, "after", "limit");
        long after = query.number("after", 0, 0);
        int size = Page.size(query, USUAL_PAGE, Page.LARGEST);
        return query.problem().map(responses::refused).orElseGet(() -> tasks.run(() -> {
            Page<Revocation> page = Page.of(log.after(after, size + 1), size);
            return Response.ok(new RevocationsBody(page.bodies(RevocationBody::of), page.more())).build();
        }));
    }
}
