package parley.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import parley.file.Outcome;
import parley.file.Receiving;
import parley.file.SharedFiles;
import parley.file.StoredFile;
import parley.file.Uploads;
import parley.identity.Caller;
import parley.protocol.Feature;
import parley.protocol.Fields;
import parley.protocol.Problem;
import parley.settings.Settings;
import parley.threads.RequestPool;

/**
 * The files of a room: uploading them, in one request or by tus 1.0 (tus.io), and the list of those that messages carry. Only its owner
 * sees an upload.
 */
@Path("rooms/{room}/files")
@PartOf(Feature.FILES)
@Produces(MediaType.APPLICATION_JSON)
public class RoomFilesResource {

    private static final Logger LOG = Logger.getLogger(RoomFilesResource.class.getName());
    private static final int DEFAULT_LIMIT = 50;
    private static final int MOST_LISTED = 100;
    private static final int TIMEOUT_SECONDS = 6;
    private static final int DRAINED_AT_ONCE = 64 * 1024;
    private static final long MOST_DRAINED = 64L * 1024 * 1024;

    @Inject
    private RequestCaller caller;
    @Inject
    private Uploads uploads;
    @Inject
    private Receiving receiving;
    @Inject
    private SharedFiles files;
    @Inject
    private FileTransfers transfers;
    @Inject
    private RequestPool readers;
    @Inject
    private ResponsePool answers;
    @Inject
    private Settings settings;

    /** A file in the list of a room. */
    record ListedFile(String id, String name, String type, long size, Integer width, Integer height, Boolean thumbnail, long message,
                      String by) {}

    /** A page of a room's files. */
    record FilesBody(List<ListedFile> files, boolean more) {}

    /** Which parts of tus this server supports. */
    @OPTIONS
    @WithoutToken
    public Response tus() {
        return Tus.options(settings.files().most());
    }

    /** Uploads a file in one request, or creates an upload by tus. */
    @POST
    @RawBody
    @Consumes(MediaType.WILDCARD)
    public CompletionStage<Response> upload(@PathParam("room") String room,
                                            @QueryParam("name") @DefaultValue("") String name,
                                            @HeaderParam("Content-Length") Long length, @HeaderParam(Tus.VERSION) String version,
                                            @HeaderParam("Upload-Length") String declared,
                                            @HeaderParam("Upload-Metadata") String metadata, @Context UriInfo uri, InputStream body) {
        Caller by = caller.get();
        if (version != null) {
            return create(by, room, version, declared, Tus.name(metadata, name), uri);
        }
        return transfers.upload(by.id(), () -> drained(body, allowed(by, room).orElseGet(() -> {
            Outcome begun = uploads.begin(room, by.id(), name, length == null ? Uploads.UNKNOWN : length);
            return response(begun, upload -> receive(() -> receiving.receive(upload, 0, body, true),
                    done -> Response.status(Response.Status.CREATED).entity(FileBody.of(done)).build()));
        })));
    }

    private CompletionStage<Response> create(Caller by, String room, String version, String declared, Optional<String> name,
                                             UriInfo uri) {
        Optional<Response> wrong = Tus.wrongVersion(version);
        Optional<Long> size = Tus.number(declared);
        if (wrong.isPresent()) {
            return answers.of(CompletableFuture.completedFuture(wrong.get()));
        }
        if (size.isEmpty() || name.isEmpty()) {
            return answers.refused(Problem.badRequest(size.isEmpty() ? "`Upload-Length` must be a number of bytes."
                    : "`Upload-Metadata` must be pairs of a name and a value in base64."));
        }
        String here = uri.getAbsolutePath().getRawPath();
        return transfers.upload(by.id(), () -> allowed(by, room).orElseGet(() ->
                response(uploads.begin(room, by.id(), name.get(), size.get()), upload -> receive(
                        () -> receiving.receive(upload, 0, InputStream.nullInputStream(), false),
                        done -> Tus.created(here + "/" + done.id(), done, settings.files().unfinished())))));
    }

    /** The offset of an upload. */
    @HEAD
    @Path("{id}")
    public CompletionStage<Response> offset(@PathParam("room") String room, @PathParam("id") String id) {
        return own(room, id, file -> Tus.offset(Response.ok(), file, settings.files().unfinished()));
    }

    /** Continues an upload. */
    @PATCH
    @Path("{id}")
    @RawBody
    @Consumes(MediaType.WILDCARD)
    public CompletionStage<Response> append(@PathParam("room") String room, @PathParam("id") String id,
                                            @HeaderParam(Tus.VERSION) String version, @HeaderParam("Upload-Offset") String at,
                                            @HeaderParam("Content-Type") String type, InputStream body) {
        Caller by = caller.get();
        // JAX-RS itself would refuse another type before it knows the caller.
        Optional<Response> wrong = Tus.wrongVersion(version).or(() -> Tus.wrongType(type));
        Optional<Long> offset = Tus.number(at);
        if (wrong.isPresent()) {
            return answers.of(CompletableFuture.completedFuture(wrong.get()));
        }
        if (offset.isEmpty()) {
            return answers.refused(Problem.badRequest("`Upload-Offset` must be a number of bytes."));
        }
        return transfers.upload(by.id(), () -> drained(body, allowed(by, room).orElseGet(() -> uploads.ownOf(room, by.id(), id)
                .map(upload -> receive(() -> receiving.receive(upload, offset.get(), body, false),
                        done -> Tus.offset(Response.noContent(), done, settings.files().unfinished())))
                .orElseGet(Problems::notFound))));
    }

    /** Cancels an upload, or deletes a file that no message carries. */
    @DELETE
    @Path("{id}")
    public CompletionStage<Response> terminate(@PathParam("room") String room, @PathParam("id") String id) {
        String user = caller.get().id();
        return answers.of(readers.read(() -> uploads.terminate(room, user, id)
                ? Tus.resumable(Response.noContent()).build() : Problems.notFound()));
    }

    /** An own file that no message carries: what tus does not tell at the end of an upload. */
    @GET
    @Path("{id}")
    public CompletionStage<Response> one(@PathParam("room") String room, @PathParam("id") String id) {
        return own(room, id, file -> switch (file.state()) {
            case UPLOADING -> Problems.response(Problem.conflict("The upload is not complete."));
            case REFUSED -> Problems.response(Problem.badRequest("The virus scanner found something in this file."));
            case RECEIVED, SCANNING, READY -> Response.ok(FileBody.of(file)).build();
        });
    }

    /** The files that messages of the room carry, newest first. */
    @GET
    public CompletionStage<Response> list(@PathParam("room") String room, @Context UriInfo uri) {
        Fields query = Query.of(uri, "before", "limit");
        long before = query.number("before", 1, Long.MAX_VALUE);
        int limit = (int) query.number("limit", 1, MOST_LISTED, DEFAULT_LIMIT);
        return query.problem().map(answers::refused).orElseGet(() -> answers.of(files.list(caller.get().id(), room, before, limit)
                .thenApply(found -> found.map(page -> Response.ok(new FilesBody(page.files().stream().map(RoomFilesResource::listed)
                        .toList(), page.more())).build()).orElseGet(() -> Problems.response(Problem.noSuchRoom())))));
    }

    private static ListedFile listed(StoredFile file) {
        FileBody body = FileBody.of(file);
        return new ListedFile(file.id(), file.name(), file.type(), file.size(), body.width(), body.height(), body.thumbnail(),
                file.message(), file.owner());
    }

    private CompletionStage<Response> own(String room, String id, Function<StoredFile, Response> response) {
        String user = caller.get().id();
        return answers.of(readers.read(() -> uploads.ownOf(room, user, id).map(response).orElseGet(Problems::notFound)));
    }

    // On a thread of uploads, which may wait.
    private Optional<Response> allowed(Caller by, String room) {
        try {
            return files.uploading(by.actor(), room).get(TIMEOUT_SECONDS, TimeUnit.SECONDS).map(Problems::response);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return Optional.of(Problems.response(Problem.unavailable("The instance stops.")));
        } catch (TimeoutException | ExecutionException away) {
            return Optional.of(Problems.response(Problem.unavailable("The database does not answer.")));
        }
    }

    // A client that still sends would see a broken connection instead of the refusal.
    private static Response drained(InputStream body, Response response) {
        try {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
            byte[] skipped = new byte[DRAINED_AT_ONCE];
            long left = MOST_DRAINED;
            int count = body.read(skipped);
            while (count > 0 && left > 0 && System.nanoTime() - end < 0) {
                left -= count;
                count = body.read(skipped);
            }
        } catch (IOException gone) {
            LOG.log(Level.FINE, "The client of an upload is gone", gone);
        }
        return response;
    }

    private interface Reception {
        Outcome run() throws IOException;
    }

    private static Response receive(Reception reception, Function<StoredFile, Response> done) {
        try {
            return response(reception.run(), done);
        } catch (IOException gone) {
            return Problems.response(Problem.badRequest("The body ended too early."));
        }
    }

    private static Response response(Outcome outcome, Function<StoredFile, Response> done) {
        return switch (outcome) {
            case Outcome.Refused refused -> Problems.response(refused.status(), refused.problem());
            case Outcome.Done ready -> done.apply(ready.file());
        };
    }
}
