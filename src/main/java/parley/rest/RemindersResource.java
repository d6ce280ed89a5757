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
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import parley.protocol.Feature;
import parley.protocol.Problem;
import parley.protocol.WireTime;
import parley.schedule.Reminder;
import parley.schedule.Reminders;
import parley.threads.RequestPool;

/** The caller's own reminders. */
@Path("me/reminders")
@Produces(MediaType.APPLICATION_JSON)
@PartOf(Feature.SCHEDULE)
public class RemindersResource {

    @Inject
    private RequestCaller caller;
    @Inject
    private Reminders reminders;
    @Inject
    private RequestPool readers;
    @Inject
    private ResponsePool answers;

    /** A reminder as JSON. */
    record ReminderBody(String id, String room, Long offset, String at, String text) {

        static ReminderBody of(Reminder of) {
            return new ReminderBody(of.id(), of.room(), of.about() > 0 ? of.about() : null, WireTime.text(of.at()),
                    of.text().isEmpty() ? null : of.text());
        }
    }

    /** All of them. */
    record RemindersBody(List<ReminderBody> reminders) {}

    /** The caller's reminders, the earliest first. */
    @GET
    public CompletionStage<Response> list() {
        String person = caller.get().id();
        return answers.of(readers.read(() -> Response.ok(new RemindersBody(reminders.of(person).stream().map(ReminderBody::of).toList()))
                .build()));
    }

    /** Removes a reminder; 204. */
    @DELETE
    @Path("{id}")
    public CompletionStage<Response> cancel(@PathParam("id") String id) {
        String person = caller.get().id();
        return answers.of(readers.read(() -> Problems.doneUnless(reminders.cancel(person, id) ? Optional.empty()
                : Optional.of(Problem.notFound()))));
    }
}
