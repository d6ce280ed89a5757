package parley.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.concurrent.CompletionStage;
import parley.emoji.CustomEmoji;
import parley.emoji.Emoji;
import parley.emoji.KnownEmoji;
import parley.protocol.WireTime;
import parley.threads.RequestPool;

/** Custom emoji, for everyone who is signed in. */
@Path("emoji")
@Produces(MediaType.APPLICATION_JSON)
public class EmojiResource {

    @Inject
    private KnownEmoji known;
    @Inject
    private CustomEmoji emoji;
    @Inject
    private RequestPool readers;
    @Inject
    private ResponsePool answers;

    /** A custom emoji as JSON. */
    record EmojiBody(String name, String picture, String by, String created) {

        static EmojiBody of(Emoji one) {
            return new EmojiBody(one.name(), one.picture(), one.by(), WireTime.text(one.created()));
        }
    }

    /** All custom emoji: at most {@link CustomEmoji#MOST}. */
    record EmojisBody(List<EmojiBody> emoji) {}

    /** All custom emoji, by name. Who has them already gets 304. */
    @GET
    public Response list(@HeaderParam("If-None-Match") String has) {
        KnownEmoji.All all = known.all();
        String tag = "\"emoji-" + all.version() + "\"";
        Response.ResponseBuilder response = IfNoneMatch.names(has, tag) ? Response.notModified()
                : Response.ok(new EmojisBody(all.sorted().stream().map(EmojiBody::of).toList()));
        return response.header("ETag", tag).header("Cache-Control", "private, no-cache").build();
    }

    /** The picture with this id, as PNG. It never changes. */
    @GET
    @Path("{picture}")
    @Produces("image/png")
    public CompletionStage<Response> picture(@PathParam("picture") String id, @HeaderParam("If-None-Match") String has) {
        return answers.of(readers.read(() -> emoji.picture(id).map(found -> FileResponse.unchanging(id, found, has))
                .orElseGet(Problems::notFound)));
    }
}
