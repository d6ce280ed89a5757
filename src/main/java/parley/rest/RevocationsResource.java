package parley.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import parley.audit.AuditEvent;
import parley.audit.AuditLog;
import parley.identity.Revocation;
import parley.identity.RevocationLog;
import parley.identity.Revoking;
import parley.protocol.Codec;
import parley.protocol.Fields;
import parley.protocol.Problem;

/** Taking tokens back over HTTP: for callers in the group {@code parley-admin}. */
@Path("administration/revocations")
@Produces(MediaType.APPLICATION_JSON)
public class RevocationsResource {

    private static final int LARGEST_PAGE = 100;

    @Inject
    private RequestCaller caller;
    @Inject
    private Revoking revoking;
    @Inject
    private RevocationLog log;
    @Inject
    private AdministratorCalls administering;
    @Inject
    private AuditLog audit;

    /** A revocation as JSON. */
    record RevocationBody(long position, String kind, String subject, String at, String until, String by) {

        static RevocationBody of(Revocation revocation) {
            return new RevocationBody(revocation.position(), revocation.target().kind().wire(), revocation.target().subject(),
                    time(revocation.at()), time(revocation.until()), revocation.by());
        }

        private static String time(Instant time) {
            return time.truncatedTo(ChronoUnit.MILLIS).toString();
        }
    }

    /** A page of revocations. */
    record RevocationsBody(List<RevocationBody> revocations, boolean more) {}

    /** Revokes {@code {"jti"}}, {@code {"sid"}} or {@code {"user"}}, of the last all tokens issued until now; 204. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public CompletionStage<Response> revoke(String body) {
        String by = caller.get().id();
        String address = caller.address();
        return administering.administer(() -> {
            Fields fields = Codec.fields(body).orElse(null);
            if (fields == null) {
                return Problems.response(Problem.badRequest("The body is not one JSON object."));
            }
            List<Revocation.Target> targets = List.of(Revocation.Kind.JTI, Revocation.Kind.SID, Revocation.Kind.USER).stream()
                    .filter(kind -> fields.has(kind.wire()))
                    .map(kind -> new Revocation.Target(kind, fields.line(kind.wire(), Revocation.Target.LONGEST_SUBJECT))).toList();
            if (targets.size() != 1) {
                fields.wrong(Problem.badRequest("One of `jti`, `sid` and `user` is needed."));
            }
            Optional<Problem> problem = fields.problem();
            return problem.map(Problems::response).orElseGet(() -> revoke(targets.getFirst(), by, address));
        });
    }

    // It is in the audit before it is done, and not done when it can't be.
    private Response revoke(Revocation.Target target, String by, String address) {
        audit.write(List.of(AuditEvent.revoking(target, by, address)));
        return revoking.revoke(List.of(target), Instant.now(), by).map(Problems::response).orElseGet(() -> Response.noContent().build());
    }

    /** The revocations that are kept, in the order of their making. */
    @GET
    public CompletionStage<Response> list(@QueryParam("after") QueryNumber after,
                                          @QueryParam("limit") QueryNumber limit) {
        int size = QueryNumber.pageSize(limit, 50, LARGEST_PAGE);
        return administering.administer(() -> {
            List<Revocation> found = log.after(after == null ? 0 : after.value(), size + 1);
            return Response.ok(new RevocationsBody(found.stream().limit(size).map(RevocationBody::of).toList(), found.size() > size)).build();
        });
    }
}
