package parley.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionStage;
import parley.file.SharedFiles;
import parley.identity.Caller;
import parley.identity.Tickets;
import parley.protocol.Feature;
import parley.protocol.WireTime;
import parley.threads.RequestPool;

/** The bytes of files, for people who may read them now. For others, and after the file was deleted, 404. */
@Path("files/{id}")
@PartOf(Feature.FILES)
public class FilesResource {

    @Inject
    private RequestCaller caller;
    @Inject
    private SharedFiles files;
    @Inject
    private Tickets tickets;
    @Inject
    private FileTransfers transfers;
    @Inject
    private RequestPool readers;
    @Inject
    private ResponsePool answers;

    /** A ticket for one file as JSON. */
    record FileTicketBody(String ticket, String expires) {}

    /** The bytes of a file, or a range of them. */
    @GET
    @TakesFileTicket
    public CompletionStage<Response> bytes(@PathParam("id") String id, @HeaderParam("Range") String range,
                                           @HeaderParam("If-Range") String ifRange, @HeaderParam("If-None-Match") String known) {
        String user = caller.get().id();
        return transfers.download(user, files.readable(user, id).thenApply(found -> found
                .map(file -> FileResponse.of(file, range, ifRange, known, files))
                .orElseGet(Problems::notFound)));
    }

    /** The thumbnail of a picture. */
    @GET
    @Path("thumbnail")
    @TakesFileTicket
    public CompletionStage<Response> thumbnail(@PathParam("id") String id, @HeaderParam("If-None-Match") String known) {
        String user = caller.get().id();
        return answers.of(files.thumbnail(user, id)
                .thenApply(found -> found.map(thumbnail -> FileResponse.of(id, thumbnail, known))
                        .orElseGet(Problems::notFound)));
    }

    /** A ticket for this file, for 60 s: for players and links, which can't send a token. */
    @POST
    @Path("ticket")
    public CompletionStage<Response> ticket(@PathParam("id") String id) {
        Caller owner = caller.get();
        return answers.of(files.readable(owner.id(), id)
                .thenCompose(found -> readers.read(() -> found.map(file -> {
                    Tickets.Issued issued = tickets.issueFor(owner, file.id());
                    return Response.ok(new FileTicketBody(issued.ticket(), WireTime.text(issued.expires())), "application/json")
                            .header("Cache-Control", "no-store").build();
                }).orElseGet(Problems::notFound))));
    }
}
