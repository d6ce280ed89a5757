package parley.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import parley.feature.Features;
import parley.http.RequestBody;
import parley.notify.Notification;
import parley.notify.Notifications;
import parley.protocol.Feature;
import parley.protocol.Fields;
import parley.protocol.Problem;
import parley.protocol.User;
import parley.protocol.WireTime;
import parley.threads.RequestPool;

/** The caller's notifications, over HTTP. */
@Path("me/notifications")
@Produces(MediaType.APPLICATION_JSON)
public class NotificationsResource {

    private static final int USUAL_PAGE = 50;

    @Inject
    private RequestCaller caller;
    @Inject
    private Notifications notifications;
    @Inject
    private Features features;
    @Inject
    private RequestPool readers;
    @Inject
    private ResponsePool answers;

    /** A notification as JSON. */
    record NotificationBody(long id, String room, Long offset, User by, String why, String at, String text, Boolean read) {

        static NotificationBody of(Notification shown) {
            return new NotificationBody(shown.id(), shown.room(), shown.message() > 0 ? shown.message() : null, shown.by(),
                    shown.why().wire(), WireTime.text(shown.at()), shown.text().isEmpty() ? null : shown.text(),
                    shown.seen() ? true : null);
        }
    }

    /** A page of notifications, and how many are not read. */
    record NotificationsBody(List<NotificationBody> notifications, boolean more, long unread) {}

    /** The notifications before an id, newest first. */
    @GET
    public CompletionStage<Response> list(@Context UriInfo uri) {
        String person = caller.get().id();
        Fields query = Query.of(uri, "before", "limit");
        long before = query.number("before", 1, Long.MAX_VALUE);
        int size = Page.size(query, USUAL_PAGE, Page.LARGEST);
        return refusal(query).map(answers::refused).orElseGet(() -> answers.of(readers.read(() -> {
            Page<Notification> page = Page.of(notifications.of(person, before, size + 1), size);
            return Response.ok(new NotificationsBody(page.bodies(NotificationBody::of), page.more(), notifications.unread(person))).build();
        })));
    }

    /** Marks the notifications up to {@code {"upto"}} as read, on every device; 204. */
    @POST
    @Path("read")
    @Consumes(MediaType.APPLICATION_JSON)
    public CompletionStage<Response> read(String body) {
        String person = caller.get().id();
        Fields fields = RequestBody.fields(body);
        long upTo = fields.number("upto", 1);
        return refusal(fields).map(answers::refused).orElseGet(() -> answers.of(readers.read(() -> {
            notifications.read(person, upTo);
            return Response.noContent().build();
        })));
    }

    private Optional<Problem> refusal(Fields fields) {
        return features.isOn(Feature.NOTIFICATIONS) ? fields.problem() : Optional.of(Problem.notFound());
    }
}
