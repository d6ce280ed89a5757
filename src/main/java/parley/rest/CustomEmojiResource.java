package parley.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletionStage;
import parley.emoji.CustomEmoji;
import parley.identity.Caller;
import parley.protocol.Problem;

/** Adding and deleting custom emoji, for callers in the group {@code parley-admin}. */
@Path("administration/emoji/{emoji}")
@Produces(MediaType.APPLICATION_JSON)
public class CustomEmojiResource {

    private static final String BYTES = "application/octet-stream";

    @Inject
    private RequestCaller caller;
    @Inject
    private CustomEmoji emoji;
    @Inject
    private FileTransfers transfers;
    @Inject
    private ResponsePool answers;
    @Inject
    private AdministratorTasks tasks;

    /** Adds an emoji with this name; the body is its picture: PNG, GIF or WebP. 201. */
    @PUT
    @RawBody
    @Consumes(BYTES)
    public CompletionStage<Response> add(@PathParam("emoji") String name, InputStream body) {
        Caller by = caller.get();
        String address = caller.address();
        if (!by.administers()) {
            return answers.refused(Problem.forbidden("Only administrators can do this."));
        }
        return transfers.upload(by.id(), () -> switch (emoji.add(name, content(body), by.id(), address)) {
            case CustomEmoji.Outcome.Added added -> Response.status(Response.Status.CREATED)
                    .entity(EmojiResource.EmojiBody.of(added.emoji())).build();
            case CustomEmoji.Outcome.Refused refused -> Problems.response(refused.problem());
        });
    }

    /** Deletes an emoji; 204. Texts and reactions then show its name. */
    @DELETE
    public CompletionStage<Response> delete(@PathParam("emoji") String name) {
        String by = caller.get().id();
        String address = caller.address();
        return tasks.run(() -> Problems.doneUnless(emoji.delete(name, by, address)));
    }

    // One byte more than allowed shows that it is too large.
    private static byte[] content(InputStream body) {
        try {
            return body.readNBytes(CustomEmoji.LARGEST + 1);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
