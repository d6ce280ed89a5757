package parley.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
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
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Stream;
import parley.health.DatabaseWatch;
import parley.http.RequestBody;
import parley.hub.Presence;
import parley.identity.Caller;
import parley.journal.Receipt;
import parley.journal.Views;
import parley.people.DirectRooms;
import parley.people.People;
import parley.protocol.Fields;
import parley.protocol.Posting;
import parley.protocol.Problem;
import parley.protocol.Retention;
import parley.protocol.Role;
import parley.protocol.RoomKind;
import parley.protocol.RoomProfile;
import parley.protocol.User;
import parley.protocol.WireTime;
import parley.room.ChangeRole;
import parley.room.CloseRoom;
import parley.room.CreateRoom;
import parley.room.Member;
import parley.room.OpenDirectRoom;
import parley.room.RemoveMember;
import parley.room.RetentionLimits;
import parley.room.RoomPolicy;
import parley.room.RoomSummary;
import parley.room.RoomView;
import parley.room.Rooms;
import parley.room.UpdateRoom;
import parley.settings.Settings;
import parley.threads.RequestPool;

/** Rooms over HTTP: listing and creating them, and one room with its members. */
@Path("rooms")
@Produces(MediaType.APPLICATION_JSON)
public class RoomsResource {

    private static final int LONGEST_WORD = 100;

    @Inject
    private RequestCaller caller;
    @Inject
    private Rooms rooms;
    @Inject
    private Views views;
    @Inject
    private RequestPool readers;
    @Inject
    private Presence presence;
    @Inject
    private People people;
    @Inject
    private DirectRooms directRooms;
    @Inject
    private ResponsePool answers;
    @Inject
    private Proposing proposing;
    @Inject
    private Settings settings;
    @Inject
    private DatabaseWatch database;

    /** A room as JSON; {@code members} is absent in lists. A direct room has {@code people} and no name. */
    record RoomBody(String id, String name, String kind, String topic, String retention, String posting, Integer slow, String epoch,
                    long offset, String role, Integer members, List<User> people) {

        static RoomBody of(RoomSummary room, List<User> people) {
            return of(room, null, people);
        }

        static RoomBody of(RoomView room, String user, List<User> people) {
            return of(RoomSummary.of(room, user), room.members().size(), people);
        }

        private static RoomBody of(RoomSummary room, Integer members, List<User> people) {
            RoomProfile profile = room.profile();
            return new RoomBody(room.id(), profile.name().isEmpty() ? null : profile.name(), profile.kind().wire(),
                    profile.topic().isEmpty() ? null : profile.topic(), profile.retention().wire(),
                    profile.posting().who() == Posting.Who.EVERYONE ? null : profile.posting().who().wire(),
                    profile.posting().slow() == 0 ? null : profile.posting().slow(), room.position().epoch(),
                    room.position().offset(), room.role().wire(), members, people);
        }
    }

    /** A page of rooms. */
    record RoomsBody(List<RoomBody> rooms, boolean more) {}

    /** A member as JSON. */
    record MemberBody(User user, String role, boolean online, String muted) {}

    /** A page of members. */
    record MembersBody(List<MemberBody> members, boolean more) {}

    /** The rooms that the caller may see, by id. With {@code query}, those whose names contain it. */
    @GET
    public CompletionStage<Response> list(@QueryParam("query") @DefaultValue("") String text,
                                          @QueryParam("after") @DefaultValue("") String after,
                                          @Context UriInfo uri) {
        String user = caller.get().id();
        Fields query = Query.of(uri, "limit");
        int size = Page.size(query, Page.LARGEST, Page.LARGEST);
        return query.problem().map(answers::refused).orElseGet(() -> answers.of(
                readers.read(() -> roomsPage(user, text, after, size))));
    }

    /** Creates a room that the caller owns: {@code {"id"?,"name","kind"?,"topic"?,"retention"?}}. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public CompletionStage<Response> create(String body, @Context UriInfo here) {
        Caller by = caller.get();
        URI collection = here.getAbsolutePath();
        Fields fields = RequestBody.fields(body);
        String id = fields.has("id") ? fields.room("id") : UUID.randomUUID().toString();
        String name = fields.name("name");
        RoomKind kind = fields.has("kind") ? kind(fields) : RoomKind.PUBLIC;
        if (OpenDirectRoom.isReserved(id)) {
            fields.wrong(Problem.badRequest("This `id` is reserved for a direct room."));
        }
        // A conflict would reveal that a private room of this id exists.
        if (kind == RoomKind.PRIVATE && fields.has("id")) {
            fields.wrong(Problem.badRequest("The id of a private room can't be chosen."));
        }
        String topic = fields.has("topic") ? fields.line("topic", RoomProfile.LONGEST_TOPIC) : "";
        Retention retention = retention(fields).orElse(RetentionLimits.of(settings.retention().kept()).standard());
        return fields.problem().map(answers::refused).orElseGet(() -> answers.of(create(
                new CreateRoom(id, by.actor(), new RoomProfile(name, kind, topic, retention)), collection)));
    }

    /**
     * Changes the profile of a room: {@code {"name"?,"topic"?,"retention"?,"posting"?,"slow"?}}, for its owners and administrators. 503 for
     * the last two while an instance of an older version runs, which would lose them.
     */
    @PATCH
    @Path("{room}")
    @Consumes(MediaType.APPLICATION_JSON)
    public CompletionStage<Response> update(@PathParam("room") String room, String body) {
        Caller by = caller.get();
        Fields fields = RequestBody.fields(body);
        Optional<String> name = fields.has("name") ? Optional.of(fields.name("name")) : Optional.empty();
        Optional<String> topic = fields.has("topic")
                ? Optional.of(fields.lineOrNone("topic", RoomProfile.LONGEST_TOPIC)) : Optional.empty();
        Optional<Retention> retention = retention(fields);
        Optional<Posting.Who> who = who(fields);
        Optional<Integer> slow = fields.has("slow") ? Optional.of((int) fields.number("slow", 0, Posting.SLOWEST, 0)) : Optional.empty();
        return fields.problem().or(() -> (who.isPresent() || slow.isPresent()) && !database.isModerationReadByAll()
                        ? Optional.of(Problem.unavailable("An instance of an older version is still running.")) : Optional.empty())
                .map(answers::refused).orElseGet(() -> answers.of(update(
                    new UpdateRoom(room, by.actor(), name, topic, retention, who, slow))));
    }

    /** One room. */
    @GET
    @Path("{room}")
    public CompletionStage<Response> one(@PathParam("room") String room) {
        String user = caller.get().id();
        return answers.of(visible(room, user, view -> Response.ok(body(view, user)).build()));
    }

    /** A room's members, by user id. */
    @GET
    @Path("{room}/members")
    public CompletionStage<Response> members(@PathParam("room") String room,
                                             @QueryParam("after") @DefaultValue("") String after,
                                             @Context UriInfo uri) {
        String user = caller.get().id();
        Fields query = Query.of(uri, "limit");
        int size = Page.size(query, Page.LARGEST, Page.LARGEST);
        return query.problem().map(answers::refused).orElseGet(() -> answers.of(views.of(room)
                .thenCompose(view -> presenceKnown(view, user).thenCompose(known -> readers.read(() ->
                        view.filter(found -> RoomPolicy.maySee(found, user, Instant.now())).map(found -> membersPage(found, after, size))
                                .orElseGet(() -> Problems.response(Problem.noSuchRoom())))))));
    }

    private CompletionStage<Void> presenceKnown(Optional<RoomView> view, String user) {
        return view.filter(found -> RoomPolicy.maySee(found, user, Instant.now())).map(found -> presence.look(found.id()))
                .orElseGet(() -> CompletableFuture.completedFuture(null));
    }

    /** Ends the membership of {@code ?user=}, for the room's owners and moderators, and for administrators. */
    @DELETE
    @Path("{room}/members")
    public CompletionStage<Response> remove(@PathParam("room") String room, @QueryParam("user") String user) {
        Caller by = caller.get();
        return proposing.proposeFor(user, () -> new RemoveMember(room, by.actor(), user));
    }

    /** Makes a user a member with this role, or changes a member's role: {@code {"user","role"}}. */
    @PUT
    @Path("{room}/members")
    @Consumes(MediaType.APPLICATION_JSON)
    public CompletionStage<Response> giveRole(@PathParam("room") String room, String body) {
        Caller by = caller.get();
        return proposing.propose(body, fields -> {
            Role role = role(fields);
            return user -> new ChangeRole(room, by.actor(), user, role);
        });
    }

    /** Closes a room for good, for its owners and administrators. */
    @DELETE
    @Path("{room}")
    public CompletionStage<Response> close(@PathParam("room") String room) {
        Caller by = caller.get();
        return proposing.propose(new CloseRoom(room, by.actor()));
    }

    private CompletionStage<Response> update(UpdateRoom updating) {
        return proposing.submit(updating).thenCompose(receipt -> switch (receipt) {
            case Receipt.Refused refused -> refused(refused.problem());
            case Receipt.Committed committed -> updated(updating);
            case Receipt.Already already -> updated(updating);
            case Receipt.Held held -> throw new IllegalStateException("Only messages are held");
        });
    }

    // Administrators may also change rooms that they can't see.
    private CompletionStage<Response> updated(UpdateRoom room) {
        return views.of(room.room()).thenApply(view -> view.map(found -> Response.ok(RoomBody.of(found, room.by().id(), null)).build())
                .orElseGet(() -> Problems.response(Problem.noSuchRoom())));
    }

    private CompletionStage<Response> create(CreateRoom creating, URI collection) {
        return proposing.submit(creating).thenCompose(receipt -> switch (receipt) {
            case Receipt.Refused refused -> refused(refused.problem());
            case Receipt.Committed committed -> created(creating, collection);
            case Receipt.Already already -> created(creating, collection);
            case Receipt.Held held -> throw new IllegalStateException("Only messages are held");
        });
    }

    private CompletionStage<Response> created(CreateRoom room, URI collection) {
        return visible(room.room(), room.by().id(), view -> Response
                .created(UriBuilder.fromUri(collection).path(view.id()).build()).entity(body(view, room.by().id())).build());
    }

    private CompletionStage<Response> visible(String room, String user, Function<RoomView, Response> answer) {
        return views.of(room).thenCompose(view -> readers.read(() ->
                view.filter(found -> RoomPolicy.maySee(found, user, Instant.now())).map(answer)
                        .orElseGet(() -> Problems.response(Problem.noSuchRoom()))));
    }

    private RoomBody body(RoomView room, String user) {
        return RoomBody.of(room, user, room.isDirect() ? directRooms.people(List.of(room.id())).get(room.id()) : null);
    }

    private Response roomsPage(String user, String text, String after, int size) {
        Page<RoomSummary> page = Page.of(rooms.visibleTo(user, text, after, size + 1, Instant.now()), size);
        Map<String, List<User>> people = directRooms.people(page.entries().stream()
                .filter(room -> room.profile().kind() == RoomKind.DIRECT).map(RoomSummary::id).toList());
        return Response.ok(new RoomsBody(page.bodies(room -> RoomBody.of(room, people.get(room.id()))), page.more())).build();
    }

    private Response membersPage(RoomView room, String after, int size) {
        Instant now = Instant.now();
        Page<Member> page = Page.of(rooms.members(room.id(), after, size + 1), size);
        Map<String, String> names = people.names(page.entries().stream().map(member -> member.user().id()).toList());
        return Response.ok(new MembersBody(page.bodies(member -> new MemberBody(
                new User(member.user().id(), names.getOrDefault(member.user().id(), member.user().name())),
                member.role().wire(), presence.isOnline(room.id(), member.user().id()),
                room.mutedUntil(member.user().id(), now).map(WireTime::text).orElse(null))), page.more())).build();
    }

    private static RoomKind kind(Fields fields) {
        Optional<RoomKind> kind = RoomKind.of(fields.line("kind", LONGEST_WORD)).filter(named -> named != RoomKind.DIRECT);
        if (kind.isEmpty()) {
            fields.wrong(Problem.badRequest("`kind` must be public or private."));
        }
        return kind.orElse(RoomKind.PRIVATE);
    }

    private static Role role(Fields fields) {
        String wire = fields.line("role", LONGEST_WORD);
        Optional<Role> role = Stream.of(Role.OWNER, Role.MODERATOR, Role.MEMBER, Role.GUEST).filter(one -> one.wire().equals(wire))
                .findFirst();
        if (role.isEmpty()) {
            fields.wrong(Problem.badRequest("`role` must be owner, moderator, member or guest."));
        }
        return role.orElse(Role.GUEST);
    }

    private static Optional<Posting.Who> who(Fields fields) {
        if (!fields.has("posting")) {
            return Optional.empty();
        }
        Optional<Posting.Who> who = Posting.Who.of(fields.line("posting", LONGEST_WORD));
        if (who.isEmpty()) {
            fields.wrong(Problem.badRequest("`posting` must be everyone, threads or moderators."));
        }
        return who;
    }

    private static Optional<Retention> retention(Fields fields) {
        if (!fields.has("retention")) {
            return Optional.empty();
        }
        Optional<Retention> retention = Retention.of(fields.line("retention", LONGEST_WORD));
        if (retention.isEmpty()) {
            fields.wrong(Problem.badRequest("`retention` must be forever, none, or a number of days such as 30d."));
        }
        return retention;
    }

    private static CompletionStage<Response> refused(Problem problem) {
        return CompletableFuture.completedFuture(Problems.response(problem));
    }
}
