package parley.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import parley.feature.Features;
import parley.http.RequestBody;
import parley.identity.Caller;
import parley.identity.Claims;
import parley.journal.Receipt;
import parley.journal.Views;
import parley.people.DirectRooms;
import parley.people.People;
import parley.protocol.Fields;
import parley.protocol.Problem;
import parley.protocol.TextRules;
import parley.protocol.User;
import parley.room.OpenDirectRoom;
import parley.threads.RequestPool;

/** The direct rooms of the caller. */
@Path("direct")
@Produces(MediaType.APPLICATION_JSON)
public class DirectResource {

    @Inject
    private RequestCaller caller;
    @Inject
    private People people;
    @Inject
    private DirectRooms directRooms;
    @Inject
    private Features features;
    @Inject
    private Views views;
    @Inject
    private Proposing proposing;
    @Inject
    private RequestPool readers;
    @Inject
    private ResponsePool answers;

    /** Opens the room of the caller and {@code {"users"}}, 1 to 8 other people: 201, or 200 if it exists. */
    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    public CompletionStage<Response> open(String body) {
        Caller by = caller.get();
        String address = caller.address();
        Fields fields = RequestBody.fields(body);
        List<String> users = users(fields, by.id());
        Optional<Problem> refused = features.openingDirectRoom().or(fields::problem);
        return refused.map(answers::refused).orElseGet(() -> answers.of(readers.read(() -> people.all(users, by.id()))
                .thenCompose(all -> all.map(others -> open(by, others, address))
                        .orElseGet(() -> CompletableFuture.completedFuture(Problems.response(Problem.noSuchPerson()))))));
    }

    private CompletableFuture<Response> open(Caller by, List<User> others, String address) {
        OpenDirectRoom opening = new OpenDirectRoom(by.actor(), Stream.concat(Stream.of(by.user()), others.stream()).toList());
        return proposing.submit(opening, address).thenCompose(receipt -> switch (receipt) {
            case Receipt.Refused refused -> CompletableFuture.completedFuture(Problems.response(refused.problem()));
            case Receipt.Committed committed -> room(opening, Response.Status.CREATED);
            case Receipt.Already already -> room(opening, Response.Status.OK);
            case Receipt.Held held -> throw new IllegalStateException("Only messages are held");
        });
    }

    private CompletableFuture<Response> room(OpenDirectRoom opened, Response.Status status) {
        return views.of(opened.room()).thenCompose(view -> readers.read(() -> view.map(found -> {
            Map<String, List<User>> everyone = directRooms.people(List.of(found.id()));
            return Response.status(status).entity(RoomsResource.RoomBody.of(found, opened.by().id(), everyone.get(found.id()))).build();
        }).orElseGet(() -> Problems.response(Problem.noSuchRoom()))));
    }

    private static List<String> users(Fields fields, String own) {
        List<String> users = fields.lines("users", OpenDirectRoom.MOST - 1, TextRules.LONGEST_USER).stream().distinct().toList();
        if (users.isEmpty() || !users.stream().allMatch(Claims::isUserId)) {
            fields.wrong(Problem.badRequest("`users` must be a list of 1 to " + (OpenDirectRoom.MOST - 1) + " user ids."));
        }
        if (users.contains(own)) {
            fields.wrong(Problem.badRequest("`users` must not contain yourself."));
        }
        return users;
    }
}
