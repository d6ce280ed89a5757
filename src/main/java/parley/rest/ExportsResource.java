package parley.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import parley.export.ExportJob;
import parley.export.ExportRequest;
import parley.export.Exports;
import parley.http.RequestBody;
import parley.identity.Caller;
import parley.identity.Tickets;
import parley.protocol.Fields;
import parley.protocol.Problem;
import parley.protocol.WireTime;
import parley.threads.RequestPool;
import tools.jackson.databind.JsonNode;

/** Exports of rooms, for callers in the group {@code parley-admin}. */
@Path("administration/exports")
@Produces(MediaType.APPLICATION_JSON)
public class ExportsResource {

    private static final int LONGEST_ID = 64;
    private static final int ACCEPTED = 202;

    @Inject
    private RequestCaller caller;
    @Inject
    private Exports exports;
    @Inject
    private AdministratorTasks tasks;
    @Inject
    private FileTransfers transfers;
    @Inject
    private Tickets tickets;
    @Inject
    private RequestPool readers;
    @Inject
    private ResponsePool answers;

    /** An export as JSON. */
    record ExportBody(String id, JsonNode request, String by, String at, String state, String node, String began, String ended,
                      String expires, String failure, int rooms, int done, long events, long bytes, long stored, String manifest) {

        static ExportBody of(ExportJob job) {
            return new ExportBody(job.id(), job.request().json(), job.by().id(), WireTime.text(job.created()),
                    job.isOpen() && job.cancelled() ? "cancelling" : job.state().wire(), job.node().orElse(null), text(job.began()),
                    text(job.ended()), text(job.expires()), job.failure().orElse(null), job.rooms(), job.done(), job.events(), job.bytes(),
                    job.stored(), job.digest().orElse(null));
        }

        private static String text(Optional<Instant> time) {
            return time.map(WireTime::text).orElse(null);
        }
    }

    /** All exports. */
    record ExportsBody(List<ExportBody> exports) {}

    /** Starts an export; 202. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public CompletionStage<Response> start(String body) {
        Caller by = caller.get();
        String address = caller.address();
        return tasks.run(() -> {
            Fields fields = RequestBody.fields(body);
            Optional<String> repeats = fields.has("repeat") ? Optional.of(fields.line("repeat", LONGEST_ID)) : Optional.empty();
            ExportRequest request = request(fields);
            return fields.problem().map(Problems::response).orElseGet(() -> response(repeats.isPresent()
                    ? exports.repeat(repeats.get(), by.user(), address) : exports.start(request, by.user(), address)));
        });
    }

    private static ExportRequest request(Fields fields) {
        Optional<String> person = fields.has("person") ? Optional.of(fields.user("person")) : Optional.empty();
        List<String> rooms = fields.lines("rooms", ExportRequest.MOST_ROOMS, LONGEST_ID);
        if (!rooms.stream().allMatch(Fields::isRoomId)) {
            fields.wrong(Problem.badRequest("`rooms` must be a list of room ids."));
        }
        return new ExportRequest(false, person, rooms.stream().distinct().sorted().toList(), fields.has("from")
                ? Optional.of(fields.moment("from")) : Optional.empty(), fields.has("to") ? fields.moment("to") : Instant.now(),
                fields.flag("history", person.isPresent()), fields.flag("mail", true), fields.flag("files", true),
                fields.flag("held", false));
    }

    private static Response response(Exports.Started started) {
        return switch (started) {
            case Exports.Started.Waiting waiting -> Response.status(ACCEPTED).entity(ExportBody.of(waiting.job())).build();
            case Exports.Started.Refused refused -> Problems.response(refused.problem());
        };
    }

    /** The last exports, the newest first. */
    @GET
    public CompletionStage<Response> list() {
        return tasks.run(() -> Response.ok(new ExportsBody(exports.all().stream().map(ExportBody::of).toList())).build());
    }

    /** One export: how far it is. */
    @GET
    @Path("{id}")
    public CompletionStage<Response> one(@PathParam("id") String id) {
        return tasks.run(() -> exports.find(id).map(job -> Response.ok(ExportBody.of(job)).build()).orElseGet(Problems::notFound));
    }

    /** Ends an export that is not complete, and deletes one that is; 204. */
    @DELETE
    @Path("{id}")
    public CompletionStage<Response> delete(@PathParam("id") String id) {
        String by = caller.get().id();
        String address = caller.address();
        return tasks.run(() -> Problems.doneIf(exports.delete(id, by, address)));
    }

    /** The archive of a complete export, or a range of it. */
    @GET
    @Path("{id}/archive")
    @Produces(MediaType.WILDCARD)
    @TakesFileTicket
    public CompletionStage<Response> archive(@PathParam("id") String id, @HeaderParam("Range") String range,
                                             @HeaderParam("If-Range") String ifRange) {
        Caller by = caller.get();
        String address = caller.address();
        if (!by.administers()) {
            return answers.refused(Problem.forbidden("Only administrators can do this."));
        }
        return transfers.download(by.id(), readers.read(() -> exports.find(id)
                .flatMap(job -> exports.download(job, by.id(), address))
                .map(archive -> FileResponse.of("parley-export-" + id + ".zip", archive, range, ifRange))
                .orElseGet(Problems::notFound)));
    }

    /** A ticket for this archive, for 60 s: for links, which can't send a token. */
    @POST
    @Path("{id}/ticket")
    public CompletionStage<Response> ticket(@PathParam("id") String id) {
        Caller owner = caller.get();
        return tasks.run(() -> exports.find(id).map(job -> ticket(tickets.issueFor(owner, job.id()))).orElseGet(Problems::notFound));
    }

    static Response ticket(Tickets.Issued issued) {
        return Response.ok(new FilesResource.FileTicketBody(issued.ticket(), WireTime.text(issued.expires())), "application/json")
                .header("Cache-Control", "no-store").build();
    }
}
