package parley.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import parley.export.ExportJob;
import parley.export.Exports;
import parley.identity.Caller;
import parley.identity.Tickets;
import parley.protocol.Problem;
import parley.protocol.WireTime;
import parley.threads.RequestPool;

/** The export of the caller's own data. Where people may not export it, 404. */
@Path("me/export")
@Produces(MediaType.APPLICATION_JSON)
public class MyExportResource {

    private static final int ACCEPTED = 202;

    @Inject
    private RequestCaller caller;
    @Inject
    private Exports exports;
    @Inject
    private FileTransfers transfers;
    @Inject
    private Tickets tickets;
    @Inject
    private RequestPool readers;
    @Inject
    private ResponsePool answers;

    /** The last export of the caller's data; {@code next} is when another one is possible. */
    record MyExportBody(String id, String at, String state, String expires, long bytes, String next) {

        static final MyExportBody NONE = new MyExportBody(null, null, "none", null, 0, null);

        static MyExportBody of(ExportJob job) {
            boolean counts = job.isOpen() || job.state() == ExportJob.State.DONE || job.state() == ExportJob.State.DELETED;
            return new MyExportBody(job.id(), WireTime.text(job.created()), job.isOpen() && job.cancelled() ? "cancelling"
                    : job.state().wire(), job.expires().map(WireTime::text).orElse(null), job.bytes(),
                    counts ? WireTime.text(job.created().plus(Exports.OWN_EVERY)) : null);
        }
    }

    /** Starts the export; 202. 409 while one runs, 429 if the last one is younger than a day. */
    @POST
    public CompletionStage<Response> start() {
        Caller by = caller.get();
        String address = caller.address();
        return answer(() -> switch (exports.startOwn(by.user(), address)) {
            case Exports.Started.Waiting waiting -> Response.status(ACCEPTED).entity(MyExportBody.of(waiting.job())).build();
            case Exports.Started.Refused refused -> Problems.response(refused.problem());
        });
    }

    /** The last export, or {@code none}. */
    @GET
    public CompletionStage<Response> last() {
        String user = caller.get().id();
        return answer(() -> Response.ok(exports.own(user).map(MyExportBody::of).orElse(MyExportBody.NONE)).build());
    }

    /** Ends the export, or deletes its files; 204. */
    @DELETE
    @Path("{id}")
    public CompletionStage<Response> delete(@PathParam("id") String id) {
        String user = caller.get().id();
        String address = caller.address();
        return answer(() -> Problems.doneIf(exports.deleteOwn(user, id, address)));
    }

    /** The archive of the complete export, or a range of it. */
    @GET
    @Path("{id}/archive")
    @Produces(MediaType.WILDCARD)
    @TakesFileTicket
    public CompletionStage<Response> archive(@PathParam("id") String id, @HeaderParam("Range") String range,
                                             @HeaderParam("If-Range") String ifRange) {
        String user = caller.get().id();
        String address = caller.address();
        return transfers.download(user, readers.read(() -> exports.own(user, id).filter(job -> exports.isOwnAllowed())
                .flatMap(job -> exports.download(job, user, address))
                .map(archive -> FileResponse.of("parley-my-data.zip", archive, range, ifRange))
                .orElseGet(Problems::notFound)));
    }

    /** A ticket for this archive, for 60 s: for a link, which can't send a token. */
    @POST
    @Path("{id}/ticket")
    public CompletionStage<Response> ticket(@PathParam("id") String id) {
        Caller owner = caller.get();
        return answer(() -> exports.own(owner.id(), id).map(job -> ExportsResource.ticket(tickets.issueFor(owner, job.id())))
                .orElseGet(Problems::notFound));
    }

    private CompletionStage<Response> answer(Supplier<Response> task) {
        return exports.isOwnAllowed() ? answers.of(readers.read(task)) : answers.refused(Problem.notFound());
    }
}
