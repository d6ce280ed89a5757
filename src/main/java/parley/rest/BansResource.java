package parley.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import parley.identity.Caller;
import parley.journal.Views;
import parley.people.People;
import parley.protocol.Fields;
import parley.protocol.Problem;
import parley.protocol.User;
import parley.protocol.WireTime;
import parley.room.BanUser;
import parley.room.LiftBan;
import parley.room.Restriction;
import parley.room.RoomPolicy;
import parley.room.RoomView;
import parley.threads.RequestPool;

/** The bans of a room, over HTTP: for its owners and moderators, and for administrators. */
@Path("rooms/{room}/bans")
@Produces(MediaType.APPLICATION_JSON)
public class BansResource {

    @Inject
    private RequestCaller caller;
    @Inject
    private Views views;
    @Inject
    private People people;
    @Inject
    private RequestPool readers;
    @Inject
    private ResponsePool answers;
    @Inject
    private Proposing proposing;

    /** A ban as JSON; without {@code until} it has no end. */
    record BanBody(User user, String until) {}

    /** A page of bans. */
    record BansBody(List<BanBody> bans, boolean more) {}

    /** The current bans, by user id. */
    @GET
    public CompletionStage<Response> list(@PathParam("room") String room, @QueryParam("after") @DefaultValue("") String after,
                                          @Context UriInfo uri) {
        Caller by = caller.get();
        Fields query = Query.of(uri, "limit");
        int size = Page.size(query, Page.LARGEST, Page.LARGEST);
        Instant now = Instant.now();
        return query.problem().map(answers::refused).orElseGet(() -> answers.of(views.of(room).thenCompose(view -> readers.read(() -> view
                .map(found -> RoomPolicy.listingRestrictions(found, by.actor(), now).map(Problems::response)
                        .orElseGet(() -> page(found, after, size, now)))
                .orElseGet(() -> Problems.response(Problem.noSuchRoom()))))));
    }

    /** Bans a user: {@code {"user"}}, with an end in {@code "until"} or after {@code "for"} seconds. */
    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    public CompletionStage<Response> ban(@PathParam("room") String room, String body) {
        Caller by = caller.get();
        return proposing.propose(body, fields -> {
            Optional<Instant> until = RestrictionEnd.of(fields, Instant.now());
            return user -> new BanUser(room, by.actor(), user, until);
        });
    }

    /** Lifts the ban of {@code ?user=}. */
    @DELETE
    public CompletionStage<Response> lift(@PathParam("room") String room, @QueryParam("user") String user) {
        Caller by = caller.get();
        return proposing.proposeFor(user, () -> new LiftBan(room, by.actor(), user));
    }

    private Response page(RoomView room, String after, int size, Instant now) {
        Page<Restriction> page = Page.of(room.restrictions().values().stream()
                .filter(restriction -> room.isBanned(restriction.user().id(), now) && restriction.user().id().compareTo(after) > 0)
                .sorted(Comparator.comparing(restriction -> restriction.user().id())).limit(size + 1L).toList(), size);
        Map<String, String> names = people.names(page.entries().stream().map(ban -> ban.user().id()).toList());
        return Response.ok(new BansBody(page.bodies(ban -> body(ban, names)), page.more())).build();
    }

    private static BanBody body(Restriction ban, Map<String, String> names) {
        User user = ban.user();
        return new BanBody(new User(user.id(), names.getOrDefault(user.id(), user.name())),
                ban.until().map(WireTime::text).orElse(null));
    }
}
