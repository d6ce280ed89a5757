package parley.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import parley.feature.Features;
import parley.http.RequestBody;
import parley.journal.Views;
import parley.protocol.Codec;
import parley.protocol.Feature;
import parley.protocol.Fields;
import parley.protocol.Problem;
import parley.protocol.TextRules;
import parley.room.RoomPolicy;
import parley.room.RoomView;
import parley.schedule.Reminder;
import parley.schedule.Reminders;
import parley.schedule.When;
import parley.threads.RequestPool;

/** Makes reminders in a room that the caller may see. */
@Path("rooms/{room}/reminders")
@Produces(MediaType.APPLICATION_JSON)
@PartOf(Feature.SCHEDULE)
public class RemindingResource {

    @Inject
    private RequestCaller caller;
    @Inject
    private Features features;
    @Inject
    private Views views;
    @Inject
    private Reminders reminders;
    @Inject
    private RequestPool readers;
    @Inject
    private ResponsePool answers;

    /**
     * Adds a reminder: {@code {"id","line","zone"}}, where the line is a time and a text as people write them, or {@code
     * {"id","at","zone"?,"text"?,"offset"?}}. The text may be left out if the reminder is about a message.
     */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public CompletionStage<Response> add(@PathParam("room") String room, String body) {
        String person = caller.get().id();
        Fields fields = RequestBody.fields(body);
        Reminder made = read(fields, person, room, Instant.now());
        Optional<Problem> refused = features.isOn(Feature.NOTIFICATIONS) ? fields.problem() : Optional.of(Problem.notFound());
        return refused.map(answers::refused).orElseGet(() -> answers.of(views.of(room).thenCompose(found -> {
            Optional<Problem> hidden = found.map(view -> refusal(view, made)).orElseGet(() -> Optional.of(Problem.noSuchRoom()));
            return readers.read(() -> hidden.or(() -> reminders.add(made)).map(Problems::response)
                    .orElseGet(() -> Response.status(Response.Status.CREATED).entity(RemindersResource.ReminderBody.of(made)).build()));
        })));
    }

    private static Optional<Problem> refusal(RoomView room, Reminder made) {
        if (!RoomPolicy.maySee(room, made.person(), Instant.now())) {
            return Optional.of(Problem.noSuchRoom());
        }
        return made.about() <= room.offset() ? Optional.empty() : Optional.of(Problem.badRequest("The room has no event `offset`."));
    }

    private static Reminder read(Fields fields, String person, String room, Instant now) {
        String id = ScheduleFields.id(fields);
        long about = fields.number("offset", 1, 0);
        if (fields.has("line")) {
            return written(fields, new Reminder(person, id, room, about, "", now), now);
        }
        Instant at = ScheduleFields.at(fields, now);
        String text = about > 0 && !fields.has("text") ? "" : fields.text("text", Reminder.LONGEST);
        return new Reminder(person, id, room, about, text, at);
    }

    private static Reminder written(Fields fields, Reminder reminder, Instant now) {
        String line = fields.text("line", Codec.LONGEST_TEXT);
        Optional<ZoneId> zone = ScheduleFields.zone(fields);
        if (zone.isEmpty()) {
            fields.wrong(Problem.badRequest("`line` needs a `zone`, such as Europe/Berlin."));
            return reminder;
        }
        When when = When.written(line, zone.get(), now);
        Instant at = ScheduleFields.moment(fields, when);
        String text = when instanceof When.At found ? found.text() : "";
        if (TextRules.isBlank(text) && reminder.about() == 0) {
            fields.wrong(Problem.badRequest("Write after the time what to remind you of."));
        } else if (TextRules.isLongerThan(Reminder.LONGEST, text)) {
            fields.wrong(Problem.tooLarge("The text has more than " + Reminder.LONGEST + " characters."));
        }
        return new Reminder(reminder.person(), reminder.id(), reminder.room(), reminder.about(), text, at);
    }
}
