package parley.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.GenericEntity;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import parley.feature.Features;
import parley.message.ReadingHistory;
import parley.protocol.Feature;
import parley.protocol.Fields;
import parley.protocol.HistoryPage;
import parley.protocol.Message;
import parley.protocol.Problem;
import parley.protocol.Reply;
import parley.protocol.WireTime;

/** The messages of a room, over HTTP: a page, one, and the former texts of one. For people who may read the room. */
@Path("rooms/{room}/messages")
@Produces(MediaType.APPLICATION_JSON)
public class MessagesResource {

    @Inject
    private RequestCaller caller;
    @Inject
    private ReadingHistory history;
    @Inject
    private Features features;
    @Inject
    private ResponsePool answers;

    /** A text of a message, and since when it had it. */
    record VersionBody(String at, String text) {}

    /** A page of messages, as the command {@code history} returns it. */
    @GET
    public CompletionStage<Response> page(@PathParam("room") String room, @Context UriInfo uri) {
        Fields query = Query.of(uri, "before", "after", "around", "at", "thread", "pinned", "limit");
        HistoryPage page = HistoryPage.of(query);
        Optional<Problem> refused = query.problem()
                .or(() -> page.features().stream().allMatch(features::isOn) ? Optional.empty() : Optional.of(Problem.notFound()));
        return refused.map(answers::refused).orElseGet(() -> answers.of(history.read(caller.get(), 0, room, page)
                .thenApply(reply -> reply instanceof Reply.Refused problem ? Problems.response(problem.problem())
                        : Response.ok(reply).build())));
    }

    /** One message. */
    @GET
    @Path("{offset}")
    public CompletionStage<Response> one(@PathParam("room") String room, @PathParam("offset") long offset) {
        return answers.of(history.one(caller.get(), room, offset).thenApply(found -> response(found, message -> message)));
    }

    /** The texts that a message had, oldest first; 404 if it was deleted. */
    @GET
    @Path("{offset}/versions")
    public CompletionStage<Response> versions(@PathParam("room") String room, @PathParam("offset") long offset) {
        return !features.isOn(Feature.EDIT) ? answers.refused(Problem.notFound())
                : answers.of(history.versions(caller.get(), room, offset).thenApply(found -> response(found, MessagesResource::body)));
    }

    // As an entity with its element type, so that the writer knows what the list holds.
    private static GenericEntity<List<VersionBody>> body(List<Message.Version> versions) {
        return new GenericEntity<>(versions.stream()
                .map(version -> new VersionBody(WireTime.text(version.at()), version.text())).toList()) {};
    }

    private static <T> Response response(ReadingHistory.Found<T> found, Function<T, Object> body) {
        return switch (found) {
            case ReadingHistory.Found.Refused<T> refused -> Problems.response(refused.problem());
            case ReadingHistory.Found.Read<T> read -> Response.ok(body.apply(read.value())).build();
        };
    }
}
