package parley.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.function.IntFunction;
import parley.administration.ClusterReport;
import parley.administration.HooksReport;
import parley.administration.Jobs;
import parley.administration.PeopleReport;
import parley.administration.RoomsReport;
import parley.health.Availability;
import parley.health.Broker;
import parley.health.DatabaseWatch;
import parley.hub.Connections;
import parley.lease.Job;
import parley.protocol.Fields;
import parley.protocol.Problem;
import parley.protocol.RoomKind;
import parley.protocol.TextRules;
import parley.protocol.User;
import parley.protocol.WireTime;
import parley.settings.Settings;

/** What the administration page shows, for callers in the group {@code parley-admin}. Never what people wrote in a room. */
@Path("administration")
@Produces(MediaType.APPLICATION_JSON)
public class OverviewResource {

    private static final int USUAL_PAGE = 50;
    private static final int LONGEST_QUERY = 100;

    @Inject
    private RequestCaller caller;
    @Inject
    private AdministratorTasks tasks;
    @Inject
    private PeopleReport people;
    @Inject
    private RoomsReport rooms;
    @Inject
    private HooksReport hooks;
    @Inject
    private ClusterReport cluster;
    @Inject
    private Jobs jobs;
    @Inject
    private Connections connections;
    @Inject
    private Broker broker;
    @Inject
    private Availability availability;
    @Inject
    private DatabaseWatch database;
    @Inject
    private Settings settings;

    // Reads the size of the page from the query, and refuses what is wrong in it, but only to administrators.
    private CompletionStage<Response> paged(Fields query, IntFunction<Response> work) {
        int size = Page.size(query, USUAL_PAGE, Page.LARGEST);
        return tasks.run(() -> query.problem().map(Problems::response).orElseGet(() -> work.apply(size)));
    }

    record PeoplePage(List<PersonBody> people, boolean more) {}

    record PersonBody(String id, String name, String seen, boolean allowed, String ended, String endedBy) {

        static PersonBody of(PeopleReport.Entry person) {
            return new PersonBody(person.id(), person.name(), person.seen().map(LocalDate::toString).orElse(null), person.ended().isEmpty(),
                    text(person.ended()), person.endedBy().orElse(null));
        }
    }

    record DeviceBody(String host, String since) {}

    record RestrictedBody(String room, String roomName, String kind, String until) {}

    record DetailsBody(PersonBody person, long rooms, long files, long bytes, long mostBytes, int connections, int mostConnections,
                       List<DeviceBody> devices, List<RestrictedBody> restrictions) {}

    /** People by id: {@code query} is the beginning of an id or of words of a name, {@code ended} asks for those whose access is ended. */
    @GET
    @Path("people")
    public CompletionStage<Response> people(@QueryParam("query") @DefaultValue("") String text,
                                            @QueryParam("after") @DefaultValue("") String after, @Context UriInfo uri) {
        Fields query = Query.of(uri, "limit", "ended");
        boolean ended = query.flag("ended", false);
        String wanted = bounded(text, query);
        return paged(query, size -> {
            Page<PeopleReport.Entry> page = Page.of(people.page(wanted, ended, after, size + 1), size);
            return Response.ok(new PeoplePage(page.bodies(PersonBody::of), page.more())).build();
        });
    }

    /** One person, {@code user}, with devices, mutes and bans, and what they use. */
    @GET
    @Path("people/one")
    public CompletionStage<Response> person(@QueryParam("user") @DefaultValue("") String user) {
        return tasks.run(() -> Query.wrongUser("user", user).map(Problems::response).orElseGet(() -> people.one(user, Instant.now())
                .map(found -> Response.ok(details(found)).build()).orElseGet(() -> Problems.response(Problem.noSuchPerson()))));
    }

    private DetailsBody details(PeopleReport.Details found) {
        int[] open = new int[1];
        connections.forEach((user, kind) -> open[0] += user.id().equals(found.person().id()) ? 1 : 0);
        return new DetailsBody(PersonBody.of(found.person()), found.rooms(), found.files(), found.bytes(), settings.files().userBytes(),
                open[0], settings.limits().user().connections(),
                found.devices().stream().map(device -> new DeviceBody(device.host(), WireTime.text(device.since()))).toList(),
                found.restrictions().stream().map(one -> new RestrictedBody(one.room(), name(one.roomName()), one.kind(),
                        text(one.until()))).toList());
    }

    record RoomsPage(List<RoomBody> rooms, boolean more) {}

    record RoomBody(String id, String name, String kind, String retention, long events, String created, String closed,
                    Boolean defaultRoom, long members, long files, long bytes) {

        static RoomBody of(RoomsReport.Entry room) {
            return new RoomBody(room.id(), OverviewResource.name(room.name()), room.kind().wire(), room.retention(), room.events(),
                    WireTime.text(room.created()), text(room.closed()), room.isDefault() ? true : null, room.members(), room.files(),
                    room.bytes());
        }
    }

    /**
     * All rooms by id: {@code query} is an id or a part of a name. Also private and direct rooms, and with {@code closed} closed ones.
     * {@code defaultRoom} asks for default rooms alone.
     */
    @GET
    @Path("rooms")
    public CompletionStage<Response> rooms(@QueryParam("query") @DefaultValue("") String text,
                                           @QueryParam("kind") @DefaultValue("") String kind,
                                           @QueryParam("after") @DefaultValue("") String after, @Context UriInfo uri) {
        Fields query = Query.of(uri, "limit", "closed", "defaultRoom");
        boolean closed = query.flag("closed", false);
        boolean onlyDefault = query.flag("defaultRoom", false);
        String wanted = bounded(text, query);
        Optional<RoomKind> only = RoomKind.of(kind);
        if (only.isEmpty() && !kind.isEmpty()) {
            query.wrong(Problem.badRequest("`kind` in the query must be public, private or direct."));
        }
        return paged(query, size -> {
            Page<RoomsReport.Entry> page = Page.of(rooms.page(wanted, only, closed, onlyDefault, after, size + 1), size);
            return Response.ok(new RoomsPage(page.bodies(RoomBody::of), page.more())).build();
        });
    }

    record HooksPage(List<HookBody> hooks, boolean more) {}

    record HookBody(String id, String room, String roomName, String kind, String url, String by, String created, long behind, int failures,
                    String disabledWhy) {

        static HookBody of(HooksReport.Outgoing hook) {
            return new HookBody(hook.id(), hook.room(), OverviewResource.name(hook.roomName()), hook.kind(), hook.url().orElse(null),
                    hook.by(), WireTime.text(hook.created()), hook.behind(), hook.failures(), hook.disabledWhy().orElse(null));
        }
    }

    /** The hooks of all rooms that get events, by id. */
    @GET
    @Path("hooks")
    public CompletionStage<Response> hooks(@QueryParam("after") @DefaultValue("") String after, @Context UriInfo uri) {
        return paged(Query.of(uri, "limit"), size -> {
            Page<HooksReport.Outgoing> page = Page.of(hooks.outgoing(after, size + 1), size);
            return Response.ok(new HooksPage(page.bodies(HookBody::of), page.more())).build();
        });
    }

    record IncomingPage(List<IncomingBody> hooks, boolean more) {}

    record IncomingBody(String id, String room, String roomName, String name, String by, String created, boolean signed) {

        static IncomingBody of(HooksReport.Incoming hook) {
            return new IncomingBody(hook.id(), hook.room(), OverviewResource.name(hook.roomName()), hook.name(), hook.by(),
                    WireTime.text(hook.created()), hook.signed());
        }
    }

    /** The hooks of all rooms that post, by id. */
    @GET
    @Path("incoming-hooks")
    public CompletionStage<Response> incomingHooks(@QueryParam("after") @DefaultValue("") String after, @Context UriInfo uri) {
        return paged(Query.of(uri, "limit"), size -> {
            Page<HooksReport.Incoming> page = Page.of(hooks.incoming(after, size + 1), size);
            return Response.ok(new IncomingPage(page.bodies(IncomingBody::of), page.more())).build();
        });
    }

    record ConnectedPage(List<ConnectedBody> people, boolean more) {}

    record ConnectedBody(User user, Map<String, Integer> connections) {}

    /** Who is connected to this instance, by user id, with the number of connections by the kind of their wire. */
    @GET
    @Path("connections")
    public CompletionStage<Response> connections(@QueryParam("after") @DefaultValue("") String after, @Context UriInfo uri) {
        return paged(Query.of(uri, "limit"), size -> {
            TreeMap<String, ConnectedBody> byUser = new TreeMap<>();
            connections.forEach((user, kind) -> byUser.computeIfAbsent(user.id(), id -> new ConnectedBody(user, new TreeMap<>()))
                    .connections().merge(kind, 1, Integer::sum));
            Page<ConnectedBody> page = Page.of(byUser.tailMap(after, false).values().stream().limit(size + 1L).toList(), size);
            return Response.ok(new ConnectedPage(page.entries(), page.more())).build();
        });
    }

    record NodeBody(String name, String version, String started, String seen, boolean running, List<ClusterReport.Count> connections) {

        static NodeBody of(ClusterReport.Node node) {
            return new NodeBody(node.name(), node.version(), WireTime.text(node.started()), WireTime.text(node.seen()), node.running(),
                    node.connections());
        }
    }

    record LeaseBody(String task, String node, String ends) {

        static LeaseBody of(ClusterReport.Lease lease) {
            return new LeaseBody(lease.task(), lease.node().isEmpty() ? null : lease.node(), WireTime.text(lease.ends()));
        }
    }

    record ClusterBody(String instance, List<NodeBody> instances, List<LeaseBody> leases, Broker.State broker, List<String> troubles) {}

    /** The instances with their connections, the leases, and the broker and the troubles of this instance. */
    @GET
    @Path("cluster")
    public CompletionStage<Response> cluster() {
        return tasks.run(() -> {
            List<String> troubles = new ArrayList<>();
            database.trouble().ifPresent(troubles::add);
            availability.closedBecause().ifPresent(troubles::add);
            return Response.ok(new ClusterBody(settings.instance().name(),
                    cluster.nodes(Instant.now()).stream().map(NodeBody::of).toList(),
                    cluster.leases().stream().map(LeaseBody::of).toList(), broker.state().orElse(null), troubles)).build();
        });
    }

    record TableBody(String name, Long rows, Long bytes) {

        static TableBody of(ClusterReport.Table table) {
            return new TableBody(table.name(), table.rows() < 0 ? null : table.rows(), table.bytes().orElse(null));
        }
    }

    record StorageBody(List<TableBody> tables) {}

    /** The tables of the database, as it estimates them. */
    @GET
    @Path("storage")
    public CompletionStage<Response> storage() {
        return tasks.run(() -> Response.ok(new StorageBody(cluster.tables().stream().map(TableBody::of).toList())).build());
    }

    record JobBody(String kind, String id, String title, String by, String created, String state, String node, String began, String ended,
                   long done, long total, String failure, boolean cancellable) {

        static JobBody of(Job job) {
            return new JobBody(job.kind(), job.id(), job.title(), job.by().orElse(null), WireTime.text(job.created()), job.state(),
                    job.node().orElse(null), text(job.began()), text(job.ended()), job.done(), job.total(), job.failure().orElse(null),
                    job.cancellable());
        }
    }

    record JobsBody(List<JobBody> jobs) {}

    /** The newest jobs of all kinds. */
    @GET
    @Path("jobs")
    public CompletionStage<Response> jobs() {
        return tasks.run(() -> Response.ok(new JobsBody(jobs.latest().stream().map(JobBody::of).toList())).build());
    }

    /** Ends a job soon; 204. */
    @DELETE
    @Path("jobs/{kind}/{job}")
    public CompletionStage<Response> cancel(@PathParam("kind") String kind, @PathParam("job") String job) {
        String by = caller.get().id();
        String address = caller.address();
        return tasks.run(() -> Problems.doneIf(jobs.cancel(kind, job, by, address)));
    }

    private static String bounded(String text, Fields query) {
        if (text.length() > LONGEST_QUERY || !TextRules.isStorable(text)) {
            query.wrong(Problem.badRequest("`query` must be up to " + LONGEST_QUERY + " characters."));
        }
        return text.strip();
    }

    private static String text(Optional<Instant> at) {
        return at.map(WireTime::text).orElse(null);
    }

    private static String name(String name) {
        return name == null || name.isEmpty() ? null : name;
    }
}
