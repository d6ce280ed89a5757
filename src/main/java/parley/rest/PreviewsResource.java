package parley.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionStage;
import parley.preview.SharedPictures;
import parley.protocol.Feature;

/** Pictures of link previews, for people who may read the room now. Others get 404, and so does everyone once the preview is gone. */
@Path("previews/{id}")
@PartOf(Feature.PREVIEWS)
public class PreviewsResource {

    @Inject
    private RequestCaller caller;
    @Inject
    private SharedPictures pictures;
    @Inject
    private ResponsePool answers;

    /** The picture of a preview. */
    @GET
    public CompletionStage<Response> picture(@PathParam("id") String id, @HeaderParam("If-None-Match") String known) {
        String user = caller.get().id();
        return answers.of(pictures.find(user, id)
                .thenApply(found -> found.map(picture -> FileResponse.of(id, picture, known))
                        .orElseGet(Problems::notFound)));
    }
}
