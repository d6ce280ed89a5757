package parley.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import parley.hub.Hub;
import parley.identity.Caller;
import parley.journal.Journal;
import parley.journal.Readers;
import parley.journal.Receipt;
import parley.journal.Views;
import parley.message.ReadingHistory;
import parley.protocol.Codec;
import parley.protocol.Fields;
import parley.protocol.HistoryPage;
import parley.protocol.Problem;
import parley.protocol.Reply;
import parley.protocol.RoomKind;
import parley.protocol.User;
import parley.room.CreatingRoom;
import parley.room.Member;
import parley.room.RoomPolicy;
import parley.room.RoomSummary;
import parley.room.RoomView;
import parley.room.Rooms;

/** Rooms over HTTP: list, create, one, its members, its messages. */
@Path("rooms")
@Produces(MediaType.APPLICATION_JSON)
public class RoomsResource {

    private static final int LARGEST_PAGE = 100;
    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_TOPIC = 250;

    @Inject
    private RequestCaller caller;
    @Inject
    private Rooms rooms;
    @Inject
    private Views views;
    @Inject
    private Journal journal;
    @Inject
    private ReadingHistory history;
    @Inject
    private Readers readers;
    @Inject
    private Hub hub;
    @Inject
    private Answers answers;

    /** A room as JSON; {@code members} only where one room was asked for. */
    record RoomBody(String id, String name, String kind, String topic, String epoch, long offset, String role,
                    Integer members) {

        static RoomBody of(RoomSummary room) {
            return new RoomBody(room.id(), room.name(), room.kind().wire(), room.topic().isEmpty() ? null : room.topic(),
                    room.position().epoch(), room.position().offset(), room.role().wire(), null);
        }

        static RoomBody of(RoomView room, String user) {
            RoomBody body = of(RoomSummary.of(room, user));
            return new RoomBody(body.id, body.name, body.kind, body.topic, body.epoch, body.offset, body.role,
                    room.members().size());
        }
    }

    /** A page of rooms. */
    record RoomsBody(List<RoomBody> rooms, boolean more) {}

    /** A member as JSON. */
    record MemberBody(User user, String role, boolean online) {}

    /** A page of members. */
    record MembersBody(List<MemberBody> members, boolean more) {}

    /** The rooms that the caller may see, by id. */
    @GET
    public CompletionStage<Response> list(@QueryParam("after") @DefaultValue("") String after,
                                          @QueryParam("limit") @DefaultValue("50") int limit) {
        String user = caller.get().id();
        int size = pageSize(limit);
        return answers.of(readers.read(() -> rooms.visibleTo(user, after, size + 1)).thenApply(found -> Response.ok(
                new RoomsBody(found.stream().limit(size).map(RoomBody::of).toList(), found.size() > size)).build()));
    }

    /** Makes a room with the caller as its owner: {@code {"id"?,"name","kind"?,"topic"?}}. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public CompletionStage<Response> create(String body, @Context UriInfo here) {
        Caller by = caller.get();
        URI collection = here.getAbsolutePath();
        return answers.of(Codec.fields(body).map(fields -> {
            String id = fields.has("id") ? fields.room("id") : UUID.randomUUID().toString();
            String name = fields.line("name", LONGEST_NAME);
            RoomKind kind = fields.has("kind") ? kind(fields) : RoomKind.PUBLIC;
            String topic = fields.has("topic") ? fields.line("topic", LONGEST_TOPIC) : "";
            return fields.problem().map(RoomsResource::refused)
                    .orElseGet(() -> create(new CreatingRoom(id, by.user(), name, kind, topic), collection));
        }).orElseGet(() -> refused(Problem.badRequest("The body is not one JSON object."))));
    }

    /** One room. */
    @GET
    @Path("{room}")
    public CompletionStage<Response> one(@PathParam("room") String room) {
        String user = caller.get().id();
        return answers.of(visible(room, user, view -> Response.ok(RoomBody.of(view, user)).build()));
    }

    /** A room's members, by user id. */
    @GET
    @Path("{room}/members")
    public CompletionStage<Response> members(@PathParam("room") String room,
                                             @QueryParam("after") @DefaultValue("") String after,
                                             @QueryParam("limit") @DefaultValue("100") int limit) {
        String user = caller.get().id();
        int size = pageSize(limit);
        return answers.of(views.of(room).thenCompose(view -> readers.read(() ->
                view.filter(found -> RoomPolicy.maySee(found, user)).map(found -> membersPage(room, after, size))
                        .orElseGet(() -> Problems.response(Problem.noSuchRoom())))));
    }

    /** A page of a room's messages, as the command {@code history} gives it. */
    @GET
    @Path("{room}/messages")
    public CompletionStage<Response> messages(@PathParam("room") String room, @QueryParam("before") Long before,
                                              @QueryParam("after") Long after, @QueryParam("thread") Long thread,
                                              @QueryParam("limit") @DefaultValue("50") int limit) {
        Caller by = caller.get();
        boolean sound = (before == null || before > 0 && after == null) && (after == null || after >= 0)
                && (thread == null || thread > 0);
        if (!sound) {
            return refused(Problem.badRequest("`before`, `after` and `thread` are offsets; the first two don't go together."));
        }
        HistoryPage page = new HistoryPage(before == null ? 0 : before, after == null ? -1 : after,
                thread == null ? 0 : thread, pageSize(limit));
        return answers.of(history.read(by, 0, room, page).thenApply(reply -> reply instanceof Reply.Refused refused
                ? Problems.response(refused.problem()) : Response.ok(reply).build()));
    }

    private CompletionStage<Response> create(CreatingRoom creating, URI collection) {
        return journal.submit(creating).thenCompose(receipt -> switch (receipt) {
            case Receipt.Refused refused -> refused(refused.problem());
            case Receipt.Committed committed -> created(creating, collection);
            case Receipt.Already already -> created(creating, collection);
        });
    }

    private CompletionStage<Response> created(CreatingRoom room, URI collection) {
        return visible(room.room(), room.by().id(), view -> Response
                .created(UriBuilder.fromUri(collection).path(view.id()).build()).entity(RoomBody.of(view, room.by().id())).build());
    }

    private CompletionStage<Response> visible(String room, String user, Function<RoomView, Response> answer) {
        return views.of(room).thenApply(view -> view.filter(found -> RoomPolicy.maySee(found, user)).map(answer)
                .orElseGet(() -> Problems.response(Problem.noSuchRoom())));
    }

    private Response membersPage(String room, String after, int size) {
        List<Member> found = rooms.members(room, after, size + 1);
        return Response.ok(new MembersBody(found.stream().limit(size).map(member -> new MemberBody(member.user(),
                member.role().wire(), hub.isOnline(room, member.user().id()))).toList(), found.size() > size)).build();
    }

    private static RoomKind kind(Fields fields) {
        Optional<RoomKind> kind = RoomKind.of(fields.line("kind", LONGEST_NAME));
        if (kind.isEmpty()) {
            fields.wrong(Problem.badRequest("`kind` is public or private."));
        }
        return kind.orElse(RoomKind.PRIVATE);
    }

    private static int pageSize(int limit) {
        return Math.clamp(limit, 1, LARGEST_PAGE);
    }

    private static CompletionStage<Response> refused(Problem problem) {
        return CompletableFuture.completedFuture(Problems.response(problem));
    }
}
