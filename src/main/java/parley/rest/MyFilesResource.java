package parley.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionStage;
import parley.file.Uploads;
import parley.protocol.Feature;
import parley.settings.Settings;
import parley.threads.RequestPool;

/** How much space the caller's files take. */
@Path("me/files")
@PartOf(Feature.FILES)
@Produces(MediaType.APPLICATION_JSON)
public class MyFilesResource {

    @Inject
    private RequestCaller caller;
    @Inject
    private Uploads uploads;
    @Inject
    private Settings settings;
    @Inject
    private RequestPool readers;
    @Inject
    private ResponsePool answers;

    /** In bytes. */
    record UsageBody(long used, long most) {}

    /** The bytes of the caller's files, and how many they may have. */
    @GET
    public CompletionStage<Response> usage() {
        String user = caller.get().id();
        return answers.of(readers.read(() -> Response.ok(new UsageBody(uploads.usedBy(user), settings.files().userBytes())).build()));
    }
}
