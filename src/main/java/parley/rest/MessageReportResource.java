package parley.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import parley.http.RequestBody;
import parley.identity.Caller;
import parley.message.ReadingHistory;
import parley.moderation.Report;
import parley.moderation.Reports;
import parley.protocol.Fields;
import parley.protocol.Message;
import parley.protocol.Problem;
import parley.protocol.WireTime;
import parley.threads.RequestPool;

/** Reporting a message to the moderators of its room, for everyone who may read it. */
@Path("rooms/{room}/messages/{offset}/report")
@Produces(MediaType.APPLICATION_JSON)
public class MessageReportResource {

    private static final int LONGEST_WORD = 16;
    private static final int LONGEST_NOTE = 1_000;
    private static final int CREATED = 201;

    @Inject
    private RequestCaller caller;
    @Inject
    private Reports reports;
    @Inject
    private ReadingHistory history;
    @Inject
    private RequestPool readers;
    @Inject
    private ResponsePool answers;

    /** A report as the person sees it who made it: without the moderators. */
    record OwnBody(String id, String room, long message, String reason, String note, String at, String state, String act) {

        static OwnBody of(Report report) {
            return new OwnBody(report.id(), report.room(), report.message(), report.reason().wire(),
                    report.note().isEmpty() ? null : report.note(), WireTime.text(report.created()), report.state().wire(),
                    report.act().map(Report.Act::wire).orElse(null));
        }
    }

    /** Reports a message: {@code {"reason","note"?}}; 201 and the report. Again gets the first report. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public CompletionStage<Response> report(@PathParam("room") String room, @PathParam("offset") long offset, String body) {
        Caller by = caller.get();
        String address = caller.address();
        Fields fields = RequestBody.fields(body);
        Optional<Report.Reason> reason = Report.Reason.of(fields.line("reason", LONGEST_WORD));
        if (reason.isEmpty()) {
            fields.wrong(Problem.badRequest("`reason` must be spam, abuse, illegal or other."));
        }
        String note = fields.has("note") ? fields.textOrNone("note", LONGEST_NOTE) : "";
        return fields.problem().map(answers::refused).orElseGet(() -> answers.of(history.one(by, room, offset)
                .thenCompose(found -> readers.read(() -> switch (found) {
                    case ReadingHistory.Found.Refused<Message> refused -> Problems.response(refused.problem());
                    case ReadingHistory.Found.Read<Message> read ->
                            reported(reports.report(read.value(), room, by.user(), reason.orElseThrow(), note, address));
                }))));
    }

    private static Response reported(Reports.Outcome outcome) {
        return switch (outcome) {
            case Reports.Outcome.Done done -> Response.status(CREATED).entity(OwnBody.of(done.report())).build();
            case Reports.Outcome.Refused refused -> Problems.response(refused.problem());
        };
    }
}
