package parley.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
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
import parley.http.RequestBody;
import parley.identity.Caller;
import parley.moderation.Report;
import parley.moderation.Reports;
import parley.protocol.Fields;
import parley.protocol.Problem;
import parley.protocol.User;
import parley.protocol.WireTime;
import parley.threads.RequestPool;

/** Reports of messages, for those who work on them: owners and moderators see the reports of their rooms, and administrators all. */
@Path("reports")
@Produces(MediaType.APPLICATION_JSON)
public class ReportsResource {

    private static final int LONGEST_WORD = 16;
    private static final int USUAL_PAGE = 50;

    @Inject
    private RequestCaller caller;
    @Inject
    private Reports reports;
    @Inject
    private RequestPool readers;
    @Inject
    private ResponsePool answers;
    @Inject
    private Proposing proposing;

    /** A report as moderators see it; unknown fields are absent. */
    record ReportBody(String id, String room, long message, User author, String text, User by, String reason, String note, String at,
            String state, String takenBy, String resolvedBy, String resolvedAt, String act, String rule) {

        static ReportBody of(Report report) {
            return new ReportBody(report.id(), report.room(), report.message(), report.author(), report.text(), report.by(),
                    report.reason().wire(), report.note().isEmpty() ? null : report.note(), WireTime.text(report.created()),
                    report.state().wire(), report.takenBy().orElse(null), report.resolvedBy().orElse(null),
                    report.resolved().map(WireTime::text).orElse(null), report.act().map(Report.Act::wire).orElse(null),
                    report.rule().orElse(null));
        }
    }

    /** A page of reports. */
    record ReportsBody(List<ReportBody> reports, boolean more) {}

    /**
     * The reports on which the caller may work, newest first: those in the {@code state}, of one {@code room} or of all, older than the
     * report {@code before}.
     */
    @GET
    public CompletionStage<Response> list(@QueryParam("state") @DefaultValue("open") String named,
                                          @QueryParam("room") @DefaultValue("") String room,
                                          @QueryParam("before") @DefaultValue("") String before, @Context UriInfo uri) {
        Caller by = caller.get();
        Fields query = Query.of(uri, "limit");
        int size = Page.size(query, USUAL_PAGE, Page.LARGEST);
        Optional<Report.State> state = Report.State.of(named);
        if (state.isEmpty()) {
            query.wrong(Problem.badRequest("`state` must be open, taken or resolved."));
        }
        return query.problem().map(answers::refused).orElseGet(() -> answers.of(readers.read(() -> {
            Page<Report> page = Page.of(reports.page(state.orElseThrow(), room, by.actor(), before, size + 1), size);
            return Response.ok(new ReportsBody(page.bodies(ReportBody::of), page.more())).build();
        })));
    }

    /** The caller works on this report from now on; 409 if another moderator does, or if it is resolved. */
    @POST
    @Path("{report}/take")
    public CompletionStage<Response> take(@PathParam("report") String id) {
        Caller by = caller.get();
        return answers.of(readers.read(() -> answer(reports.take(id, by.actor()))));
    }

    /** Resolves a report: {@code {"act"}}, for a mute or ban with an end in {@code "until"} or after {@code "for"} seconds. */
    @POST
    @Path("{report}/resolve")
    @Consumes(MediaType.APPLICATION_JSON)
    public CompletionStage<Response> resolve(@PathParam("report") String id, String body) {
        Caller by = caller.get();
        String address = caller.address();
        Fields fields = RequestBody.fields(body);
        Optional<Report.Act> act = Report.Act.of(fields.line("act", LONGEST_WORD));
        Optional<Instant> until = RestrictionEnd.of(fields, Instant.now());
        if (act.isEmpty()) {
            fields.wrong(Problem.badRequest("`act` must be nothing, delete, mute or ban."));
        }
        if (act.filter(Report.Act.MUTE::equals).isPresent() && until.isEmpty()) {
            fields.wrong(Problem.badRequest("A mute needs `until` or `for`."));
        }
        return fields.problem().map(answers::refused).orElseGet(() -> answers.of(readers.read(() -> answer(reports.resolve(id, by.actor(),
                act.orElseThrow(), until, address, proposal -> proposing.submit(proposal, address))))));
    }

    private static Response answer(Reports.Outcome outcome) {
        return switch (outcome) {
            case Reports.Outcome.Done done -> Response.ok(ReportBody.of(done.report())).build();
            case Reports.Outcome.Refused refused -> Problems.response(refused.problem());
        };
    }
}
