package parley.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.concurrent.CompletionStage;
import parley.moderation.Reports;
import parley.threads.RequestPool;

/** What became of the caller's own reports. */
@Path("me/reports")
@Produces(MediaType.APPLICATION_JSON)
public class MyReportsResource {

    @Inject
    private RequestCaller caller;
    @Inject
    private Reports reports;
    @Inject
    private RequestPool readers;
    @Inject
    private ResponsePool answers;

    /** What the caller reported. */
    record OwnReportsBody(List<MessageReportResource.OwnBody> reports) {}

    /** What the caller reported, newest first. */
    @GET
    public CompletionStage<Response> own() {
        String by = caller.get().id();
        return answers.of(readers.read(() -> Response.ok(new OwnReportsBody(reports.of(by, Page.LARGEST).stream()
                .map(MessageReportResource.OwnBody::of).toList())).build()));
    }
}
