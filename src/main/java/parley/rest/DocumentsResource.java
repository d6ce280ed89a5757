package parley.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import parley.document.CreateDocument;
import parley.document.DeleteDocument;
import parley.document.DocumentHistory;
import parley.document.DocumentTexts;
import parley.document.RenameDocument;
import parley.document.Snapshots;
import parley.document.StoredDocuments;
import parley.feature.Features;
import parley.http.RequestBody;
import parley.identity.Caller;
import parley.journal.Receipt;
import parley.journal.Views;
import parley.people.People;
import parley.protocol.Codec;
import parley.protocol.Feature;
import parley.protocol.Fields;
import parley.protocol.Problem;
import parley.protocol.User;
import parley.protocol.WireTime;
import parley.room.Proposal;
import parley.room.RoomPolicy;
import parley.settings.Settings;
import parley.threads.RequestPool;

/** The documents of a room, over HTTP. Only their updates go over the socket. */
@Path("rooms/{room}/documents")
@Produces(MediaType.APPLICATION_JSON)
@PartOf(Feature.DOCUMENTS)
public class DocumentsResource {

    /** More than the longest body that is allowed: the base64 of a snapshot. */
    private static final int MOST_READ = 2 * Snapshots.LARGEST_IN_FRAME;
    private static final String BYTES = MediaType.APPLICATION_OCTET_STREAM;
    private static final int TIMEOUT_SECONDS = 6;

    @Inject
    private RequestCaller caller;
    @Inject
    private Features features;
    @Inject
    private StoredDocuments documents;
    @Inject
    private Snapshots snapshots;
    @Inject
    private DocumentHistory history;
    @Inject
    private Views views;
    @Inject
    private People people;
    @Inject
    private RequestPool readers;
    @Inject
    private ResponsePool answers;
    @Inject
    private Proposing proposing;
    @Inject
    private FileTransfers transfers;
    @Inject
    private Settings settings;

    /** A document as JSON. */
    record DocumentBody(String id, String title, User by, long version, String created, String changed) {

        static DocumentBody of(StoredDocuments.Listed document, Map<String, String> names) {
            String creator = document.creator();
            return new DocumentBody(document.id(), document.title(), new User(creator, names.getOrDefault(creator, creator)),
                    document.version(), WireTime.text(document.createdAt()), WireTime.text(document.changedAt()));
        }
    }

    /** The documents of a room. */
    record DocumentsBody(List<DocumentBody> documents) {}

    /** A change as JSON. */
    record ChangeBody(long first, long last, User by, String at) {

        static ChangeBody of(DocumentHistory.Change change, Map<String, String> names) {
            String author = change.author();
            return new ChangeBody(change.first(), change.last(), new User(author, names.getOrDefault(author, author)),
                    change.at().map(WireTime::text).orElse(null));
        }
    }

    /** Changes of a document. */
    record ChangesBody(List<ChangeBody> changes, Boolean more) {}

    /** The documents of a room, oldest first, for people who may read it. */
    @GET
    public CompletionStage<Response> list(@PathParam("room") String room) {
        String user = caller.get().id();
        return answers.of(views.of(room).thenCompose(view -> readers.read(() -> view
                .filter(found -> RoomPolicy.maySee(found, user, Instant.now()))
                .map(found -> Response.ok(new DocumentsBody(bodies(documents.of(room)))).build())
                .orElseGet(() -> Problems.response(Problem.noSuchRoom())))));
    }

    /** Creates a document: {@code {"title"}}. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public CompletionStage<Response> create(@PathParam("room") String room, String body, @Context UriInfo here) {
        Caller by = caller.get();
        Fields fields = RequestBody.fields(body);
        String title = fields.name("title");
        URI collection = here.getAbsolutePath();
        String id = UUID.randomUUID().toString();
        return whenChanging(fields, () -> answers.of(proposing.submit(
                new CreateDocument(room, by.actor(), id, title, settings.documents().perRoom())).thenCompose(receipt -> readers.read(() ->
                receipt instanceof Receipt.Refused refused ? Problems.response(refused.problem())
                        : created(room, id, collection)))));
    }

    /** Gives a document another title: {@code {"title"}}. */
    @PATCH
    @Path("{document}")
    @Consumes(MediaType.APPLICATION_JSON)
    public CompletionStage<Response> rename(@PathParam("room") String room, @PathParam("document") String document, String body) {
        Caller by = caller.get();
        Fields fields = RequestBody.fields(body);
        Proposal rename = new RenameDocument(room, by.actor(), document, fields.name("title"));
        return whenChanging(fields, () -> proposing.propose(rename));
    }

    /** Deletes a document with everything that was written in it. */
    @DELETE
    @Path("{document}")
    public CompletionStage<Response> delete(@PathParam("room") String room, @PathParam("document") String document) {
        Caller by = caller.get();
        return features.changingDocuments().map(answers::refused)
                .orElseGet(() -> proposing.propose(new DeleteDocument(room, by.actor(), document)));
    }

    /** Who changed a document after a version, and when; for people who may read the room. */
    @GET
    @Path("{document}/changes")
    public CompletionStage<Response> changes(@PathParam("room") String room, @PathParam("document") String document,
                                             @Context UriInfo uri) {
        String user = caller.get().id();
        Fields query = Query.of(uri, "after");
        long after = query.number("after", 0, 0);
        return query.problem().map(answers::refused).orElseGet(() -> answers.of(views.of(room).thenCompose(view -> readers.read(() ->
                view.filter(found -> RoomPolicy.maySee(found, user, Instant.now())).map(found -> changes(room, document, after))
                        .orElseGet(() -> Problems.response(Problem.noSuchRoom()))))));
    }

    private Response changes(String room, String document, long after) {
        return history.after(room, document, after).map(page -> {
            Map<String, String> names = people.names(page.changes().stream().map(DocumentHistory.Change::author).distinct().toList());
            return Response.ok(new ChangesBody(page.changes().stream().map(change -> ChangeBody.of(change, names)).toList(),
                    page.more() ? true : null)).build();
        }).orElseGet(() -> Problems.response(Problem.noSuchDocument()));
    }

    /** Stores a short snapshot as JSON: {@code {"version","snapshot"}}. */
    @PUT
    @Path("{document}/snapshot")
    @RawBody
    @Consumes(MediaType.APPLICATION_JSON)
    public CompletionStage<Response> snapshot(@PathParam("room") String room, @PathParam("document") String document, InputStream body) {
        Caller by = caller.get();
        return receive(by, () -> {
            Fields fields = fields(body, "snapshot");
            long version = fields.number("version", 1);
            byte[] content = Base64.getDecoder().decode(fields.base64("snapshot", Snapshots.LARGEST_IN_FRAME));
            return fields.problem().map(Problems::response).orElseGet(() -> store(by, room, document, version, content));
        });
    }

    /** Stores a snapshot of a version, which the body is. */
    @PUT
    @Path("{document}/snapshot")
    @RawBody
    @Consumes(BYTES)
    public CompletionStage<Response> snapshotBytes(@PathParam("room") String room, @PathParam("document") String document,
                                                   @HeaderParam("Content-Length") Integer length, @Context UriInfo uri,
                                                   InputStream body) {
        Caller by = caller.get();
        Fields query = Query.of(uri, "version");
        long version = query.number("version", 1);
        return query.problem().map(answers::refused).orElseGet(() -> receive(by, () -> {
            byte[] content = content(body, length);
            return wrong(content).map(Problems::response).orElseGet(() -> store(by, room, document, version, content));
        }));
    }

    /** Stores the text of a version for search: {@code {"version","text"}}. */
    @PUT
    @Path("{document}/text")
    @RawBody
    @Consumes(MediaType.APPLICATION_JSON)
    public CompletionStage<Response> text(@PathParam("room") String room, @PathParam("document") String document, InputStream body) {
        Caller by = caller.get();
        Optional<Problem> off = features.refusal(Feature.SEARCH);
        return off.isPresent() ? answers.refused(off.get()) : receive(by, () -> {
            Fields fields = fields(body, "text");
            long version = fields.number("version", 0);
            String text = fields.textOrNone("text", DocumentTexts.LONGEST);
            return fields.problem().map(Problems::response).orElseGet(() ->
                    awaited(snapshots.storeText(by.actor(), room, document, version, text)));
        });
    }

    /** The snapshot of a version. */
    @GET
    @Path("{document}/snapshot")
    @Produces(BYTES)
    public CompletionStage<Response> snapshot(@PathParam("room") String room, @PathParam("document") String document,
                                              @Context UriInfo uri) {
        String user = caller.get().id();
        Fields query = Query.of(uri, "version");
        long version = query.number("version", 1);
        return query.problem().map(answers::refused).orElseGet(() -> transfers.download(user,
                snapshots.find(user, room, document, version).thenApply(this::response)));
    }

    private Response response(Snapshots.Found found) {
        return switch (found) {
            case Snapshots.Found.Refused refused -> Problems.response(refused.problem());
            case Snapshots.Found.Stored stored -> Response.ok((StreamingOutput) out -> send(stored, out), BYTES)
                    .header("Content-Length", stored.bytes()).header("Cache-Control", "private, no-store").build();
        };
    }

    // Without a part, the client gets fewer bytes than announced.
    private void send(Snapshots.Found.Stored snapshot, OutputStream out) throws IOException {
        for (int part = 0; part < snapshot.parts(); part++) {
            byte[] content = snapshots.part(snapshot, part);
            if (!FileResponse.sent(content, content.length, out)) {
                return;
            }
        }
    }

    // On a thread of uploads, which may wait.
    private Response store(Caller by, String room, String document, long version, byte[] content) {
        return awaited(snapshots.store(by.actor(), room, document, version, content));
    }

    private static Response awaited(CompletableFuture<Optional<Problem>> refusal) {
        try {
            return Problems.doneUnless(refusal.get(TIMEOUT_SECONDS, TimeUnit.SECONDS));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return Problems.response(Problem.unavailable("The instance stops."));
        } catch (TimeoutException | ExecutionException away) {
            return Problems.response(Problem.unavailable("The database does not answer."));
        }
    }

    private Optional<Problem> wrong(byte[] content) {
        int most = settings.documents().snapshotBytes();
        if (content.length > most) {
            return Optional.of(Problem.tooLarge("A snapshot has at most " + most + " bytes."));
        }
        return content.length > 0 ? Optional.empty() : Optional.of(Problem.badRequest("The body must be a snapshot."));
    }

    // At most one byte more than a snapshot has. Throws if the client goes away in the middle.
    private byte[] content(InputStream body, Integer announced) throws IOException {
        int most = settings.documents().snapshotBytes();
        byte[] read = body.readNBytes(most + 1);
        if (announced != null && read.length < announced && read.length <= most) {
            throw new EOFException("The client went away");
        }
        return read;
    }

    /** What is done with a body; throws if the client goes away in the middle. */
    private interface Receiving {
        Response receive() throws IOException;
    }

    private CompletionStage<Response> receive(Caller by, Receiving work) {
        return transfers.upload(by.id(), () -> {
            try {
                return work.receive();
            } catch (IOException gone) {
                // Nobody reads the answer. Writing a body would be an error in the server's log.
                return Response.status(Response.Status.BAD_REQUEST).build();
            }
        });
    }

    private static Fields fields(InputStream body, String field) throws IOException {
        byte[] read = body.readNBytes(MOST_READ + 1);
        if (read.length > MOST_READ) {
            Fields none = RequestBody.fields("{}");
            none.wrong(Problem.tooLarge("`" + field + "` is too long."));
            return none;
        }
        return Codec.longFields(new String(read, StandardCharsets.UTF_8)).orElseGet(() -> RequestBody.fields(""));
    }

    private Response created(String room, String id, URI collection) {
        return documents.one(room, id).map(document -> Response.created(URI.create(collection + "/" + id))
                .entity(bodies(List.of(document)).getFirst()).build()).orElseGet(() -> Problems.response(Problem.noSuchDocument()));
    }

    private List<DocumentBody> bodies(List<StoredDocuments.Listed> listed) {
        Map<String, String> names = people.names(listed.stream().map(StoredDocuments.Listed::creator).distinct().toList());
        return listed.stream().map(document -> DocumentBody.of(document, names)).toList();
    }

    private CompletionStage<Response> whenChanging(Fields fields, Supplier<CompletionStage<Response>> work) {
        Optional<Problem> refused = fields.problem().or(features::changingDocuments);
        return refused.map(answers::refused).orElseGet(work);
    }
}
