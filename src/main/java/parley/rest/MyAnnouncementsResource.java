package parley.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.concurrent.CompletionStage;
import parley.announcement.Announcement;
import parley.announcement.Announcements;
import parley.protocol.WireTime;
import parley.threads.RequestPool;

/** The announcements that the caller sees. */
@Path("me/announcements")
@Produces(MediaType.APPLICATION_JSON)
public class MyAnnouncementsResource {

    @Inject
    private RequestCaller caller;
    @Inject
    private Announcements announcements;
    @Inject
    private RequestPool readers;
    @Inject
    private ResponsePool answers;

    /** An announcement as JSON, as the frame {@code announcement.shown} has it. */
    record ShownBody(String id, String kind, String text, String link, String until, Boolean dismissible) {

        static ShownBody of(Announcement one) {
            return new ShownBody(one.id(), one.kind().wire(), one.text(), one.link().orElse(null),
                    one.until().map(WireTime::text).orElse(null), one.dismissible() ? true : null);
        }
    }

    /** What the caller sees now: at most {@link Announcements#MOST}. */
    record ShownBodies(List<ShownBody> announcements) {}

    /** The announcements that the caller sees now, the earliest first. */
    @GET
    public CompletionStage<Response> list() {
        String by = caller.get().id();
        return answers.of(readers.read(() -> Response.ok(new ShownBodies(announcements.shownTo(by).stream().map(ShownBody::of).toList()))
                .build()));
    }

    /** Hides an announcement from the caller, on all devices; 204. */
    @DELETE
    @Path("{announcement}")
    public CompletionStage<Response> dismiss(@PathParam("announcement") String id) {
        String by = caller.get().id();
        return answers.of(readers.read(() -> Problems.doneUnless(announcements.dismiss(id, by))));
    }
}
