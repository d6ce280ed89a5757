package parley.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
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
import parley.http.RequestBody;
import parley.identity.Caller;
import parley.imports.ImportJob;
import parley.imports.Imports;
import parley.protocol.Fields;
import parley.protocol.Problem;
import parley.protocol.WireTime;
import tools.jackson.databind.JsonNode;

/** Importing exports of other systems, for callers in the group {@code parley-admin}. */
@Path("administration/imports")
@Produces(MediaType.APPLICATION_JSON)
public class ImportsResource {

    private static final int LONGEST_NAME = 200;
    private static final int ACCEPTED = 202;

    @Inject
    private RequestCaller caller;
    @Inject
    private Imports imports;
    @Inject
    private AdministratorTasks tasks;

    /** An import as JSON. */
    record ImportBody(String id, String source, String format, String file, String people, boolean dryRun, boolean keepUnmapped, String by,
            String at, String state, String node, String began, String ended, String failure, long posts, long done, long added, int rooms,
            long perSecond, JsonNode problems) {

        static ImportBody of(ImportJob job) {
            return new ImportBody(job.id(), job.source(), job.format().wire(), job.file(), job.people().orElse(null), job.dryRun(),
                    job.keeps(), job.by().id(), WireTime.text(job.created()), job.isOpen() && job.cancelled() ? "cancelling"
                    : job.state().wire(), job.node().orElse(null), job.began().map(WireTime::text).orElse(null),
                    job.ended().map(WireTime::text).orElse(null), job.failure().orElse(null), job.posts(), job.done(), job.added(),
                    job.rooms(), job.perSecond(Instant.now()), JsonWriter.JSON.readTree(job.problems()));
        }
    }

    /** All imports. */
    record ImportsBody(List<ImportBody> imports) {}

    /** Starts an import; 202, or 409 if this instance has no folder for imports. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public CompletionStage<Response> start(String body) {
        Caller by = caller.get();
        String address = caller.address();
        return tasks.run(() -> {
            Fields fields = RequestBody.fields(body);
            String source = fields.line("source", LONGEST_NAME);
            Optional<ImportJob.Format> format = ImportJob.Format.of(fields.line("format", LONGEST_NAME));
            if (format.isEmpty()) {
                fields.wrong(Problem.badRequest("`format` must be `mattermost` or `slack`."));
            }
            Imports.Wanted wanted = new Imports.Wanted(source, format.orElse(ImportJob.Format.SLACK), fields.line("file", LONGEST_NAME),
                    fields.has("people") ? Optional.of(fields.line("people", LONGEST_NAME)) : Optional.empty(),
                    fields.flag("dryRun", false), fields.flag("keepUnmapped", false));
            Optional<Problem> problem = fields.problem();
            return problem.map(Problems::response).orElseGet(() -> switch (imports.start(wanted, by.user(), address)) {
                case Imports.Started.Waiting waiting -> Response.status(ACCEPTED).entity(ImportBody.of(waiting.job())).build();
                case Imports.Started.Refused refused -> Problems.response(refused.problem());
            });
        });
    }

    /** The last imports, the newest first. */
    @GET
    public CompletionStage<Response> list() {
        return tasks.run(() -> Response.ok(new ImportsBody(imports.all().stream().map(ImportBody::of).toList())).build());
    }

    /** One import: how far it is, and what it could not import. */
    @GET
    @Path("{import}")
    public CompletionStage<Response> one(@PathParam("import") String id) {
        return tasks.run(() -> imports.find(id).map(job -> Response.ok(ImportBody.of(job)).build()).orElseGet(Problems::notFound));
    }

    /** Ends an import soon; 204. What it stored stays, and starting it again goes on. */
    @DELETE
    @Path("{import}")
    public CompletionStage<Response> cancel(@PathParam("import") String id) {
        String by = caller.get().id();
        String address = caller.address();
        return tasks.run(() -> Problems.doneIf(imports.cancel(id, by, address)));
    }
}
