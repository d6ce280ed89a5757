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
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import parley.http.RequestBody;
import parley.identity.Caller;
import parley.journal.Views;
import parley.protocol.Codec;
import parley.protocol.Feature;
import parley.protocol.Fields;
import parley.protocol.Problem;
import parley.room.RoomPolicy;
import parley.schedule.Scheduled;
import parley.schedule.ScheduledMessages;
import parley.threads.RequestPool;

/** Leaves messages for later, in a room where the caller may post now. */
@Path("rooms/{room}/scheduled")
@Produces(MediaType.APPLICATION_JSON)
@PartOf(Feature.SCHEDULE)
public class SchedulingResource {

    @Inject
    private RequestCaller caller;
    @Inject
    private Views views;
    @Inject
    private ScheduledMessages scheduled;
    @Inject
    private RequestPool readers;
    @Inject
    private ResponsePool answers;

    /** Adds a message: {@code {"id","at","zone"?,"text","thread"?,"also"?,"mentions"?,"everyone"?}}. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public CompletionStage<Response> add(@PathParam("room") String room, String body) {
        Caller by = caller.get();
        Fields fields = RequestBody.fields(body);
        Scheduled made = read(fields, by.id(), room);
        return fields.problem().map(answers::refused).orElseGet(() -> answers.of(views.of(room).thenCompose(found -> {
            Optional<Problem> refused = found.map(view -> RoomPolicy.posting(view, by.actor(), Instant.now()))
                    .orElseGet(() -> Optional.of(Problem.noSuchRoom()));
            return readers.read(() -> refused.or(() -> scheduled.add(made)).map(Problems::response)
                    .orElseGet(() -> Response.status(Response.Status.CREATED).entity(ScheduledResource.ScheduledBody.of(made)).build()));
        })));
    }

    private static Scheduled read(Fields fields, String person, String room) {
        String id = ScheduleFields.id(fields);
        Instant at = ScheduleFields.at(fields, Instant.now());
        String text = fields.text("text", Codec.LONGEST_TEXT);
        long thread = fields.number("thread", 1, 0);
        boolean also = fields.flag("also", false);
        if (also && thread == 0) {
            fields.wrong(Problem.badRequest("`also` needs `thread`."));
        }
        return new Scheduled(person, id, room, text, thread, also, ScheduleFields.mentions(fields), fields.flag("everyone", false), at,
                Optional.empty());
    }
}
