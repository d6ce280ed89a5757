package parley.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
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
import java.util.function.UnaryOperator;
import parley.http.RequestBody;
import parley.protocol.Codec;
import parley.protocol.Feature;
import parley.protocol.Fields;
import parley.protocol.Problem;
import parley.protocol.WireTime;
import parley.schedule.Scheduled;
import parley.schedule.ScheduledMessages;
import parley.threads.RequestPool;

/** The caller's own scheduled messages. */
@Path("me/scheduled")
@Produces(MediaType.APPLICATION_JSON)
@PartOf(Feature.SCHEDULE)
public class ScheduledResource {

    @Inject
    private RequestCaller caller;
    @Inject
    private ScheduledMessages scheduled;
    @Inject
    private RequestPool readers;
    @Inject
    private ResponsePool answers;

    /** Why a message was not posted at its time. */
    record RefusedBody(String code, String detail) {}

    /** A scheduled message as JSON. */
    record ScheduledBody(String id, String room, String at, String text, Long thread, Boolean also, List<String> mentions, Boolean everyone,
                         RefusedBody refused) {

        static ScheduledBody of(Scheduled of) {
            return new ScheduledBody(of.id(), of.room(), WireTime.text(of.at()), of.text(), of.thread() > 0 ? of.thread() : null,
                    of.also() ? true : null, of.mentions().isEmpty() ? null : of.mentions(), of.everyone() ? true : null,
                    of.refused().map(why -> new RefusedBody(why.code(), why.message())).orElse(null));
        }
    }

    /** All of them. */
    record ScheduledListBody(List<ScheduledBody> scheduled) {}

    /** The caller's scheduled messages, the earliest first. */
    @GET
    public CompletionStage<Response> list() {
        String person = caller.get().id();
        return answers.of(readers.read(() -> Response.ok(new ScheduledListBody(scheduled.of(person).stream().map(ScheduledBody::of)
                .toList())).build()));
    }

    /** Changes a message: {@code {"at"?,"zone"?,"text"?,"mentions"?,"everyone"?}}. A refused one waits again, and needs a new time. */
    @PATCH
    @Path("{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    public CompletionStage<Response> change(@PathParam("id") String id, String body) {
        String person = caller.get().id();
        Fields fields = RequestBody.fields(body);
        Optional<Instant> at = fields.has("at") ? Optional.of(ScheduleFields.at(fields, Instant.now())) : Optional.empty();
        Optional<String> text = fields.has("text") ? Optional.of(fields.text("text", Codec.LONGEST_TEXT)) : Optional.empty();
        Optional<List<String>> mentions = fields.has("mentions") ? Optional.of(ScheduleFields.mentions(fields)) : Optional.empty();
        Optional<Boolean> everyone = fields.has("everyone") ? Optional.of(fields.flag("everyone")) : Optional.empty();
        UnaryOperator<Scheduled> change = of -> new Scheduled(of.person(), of.id(), of.room(), text.orElse(of.text()), of.thread(),
                of.also(), mentions.orElse(of.mentions()), everyone.orElse(of.everyone()), at.orElse(of.at()), Optional.empty());
        return fields.problem().map(answers::refused).orElseGet(() -> answers.of(readers.read(() -> {
            boolean needsTime = at.isEmpty() && scheduled.one(person, id).filter(found -> found.refused().isPresent()).isPresent();
            return Problems.doneUnless(needsTime ? Optional.of(Problem.conflict("This message was refused. Give it a new time."))
                    : scheduled.change(person, id, change));
        })));
    }

    /** Removes a message; 204. */
    @DELETE
    @Path("{id}")
    public CompletionStage<Response> cancel(@PathParam("id") String id) {
        String person = caller.get().id();
        return answers.of(readers.read(() -> Problems.doneUnless(scheduled.cancel(person, id))));
    }

    /** Posts a message now; 204, or why it was refused. */
    @POST
    @Path("{id}/send")
    public CompletionStage<Response> send(@PathParam("id") String id) {
        String person = caller.get().id();
        return answers.of(readers.read(() -> Problems.doneUnless(scheduled.send(person, id))));
    }
}
