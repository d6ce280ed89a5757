package parley.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import parley.file.SharedFiles;
import parley.hold.HeldEvent;
import parley.hold.Hold;
import parley.hold.Holds;
import parley.hold.Scope;
import parley.http.RequestBody;
import parley.protocol.Fields;
import parley.protocol.Problem;
import parley.protocol.TextRules;
import parley.protocol.User;
import parley.protocol.WireTime;
import tools.jackson.databind.JsonNode;

/** Legal holds over HTTP, for callers in the group {@code parley-admin}. Each request is an audit event, also one that only reads. */
@Path("administration/holds")
@Produces(MediaType.APPLICATION_JSON)
public class HoldsResource {

    private static final int CREATED = 201;
    private static final int LONGEST_ID = 255;
    private static final Pattern PLACE = Pattern.compile("([A-Za-z0-9_-]{1,64}):([0-9]{1,15}):([0-9]{1,9})");

    @Inject
    private RequestCaller caller;
    @Inject
    private Holds holds;
    @Inject
    private SharedFiles files;
    @Inject
    private AdministratorTasks tasks;
    @Inject
    private ResponsePool responses;

    /** A hold as JSON. */
    record HoldBody(String id, String name, List<String> people, List<String> rooms, List<String> words, String from, String until, User by,
                    String at, User releasedBy, String released, Long kept) {

        static HoldBody of(Hold hold, Long kept) {
            Scope scope = hold.scope();
            return new HoldBody(hold.id(), hold.name(), orNull(scope.people()), orNull(scope.rooms()), orNull(scope.words()),
                    text(scope.from()), text(scope.until()), hold.by(), WireTime.text(hold.at()),
                    hold.release().map(Hold.Release::by).orElse(null), text(hold.release().map(Hold.Release::at)), kept);
        }

        private static List<String> orNull(List<String> terms) {
            return terms.isEmpty() ? null : terms;
        }

        private static String text(Optional<Instant> time) {
            return time.map(WireTime::text).orElse(null);
        }
    }

    /** A page of holds. */
    record HoldsBody(List<HoldBody> holds, boolean more) {}

    /** A held event as JSON. */
    record HeldBody(String room, long offset, int version, String reason, String removedBy, String removed, JsonNode event) {

        static HeldBody of(HeldEvent held) {
            return new HeldBody(held.original().room(), held.original().offset(), held.version(),
                    held.reason().name().toLowerCase(Locale.ROOT), held.removedBy().orElse(null), WireTime.text(held.removed()),
                    JsonWriter.JSON.readTree(held.original().frame().text()));
        }
    }

    /** A page of what a hold keeps; {@code next} continues after it. */
    record ContentBody(List<HeldBody> events, boolean more, String next) {}

    /** Makes a hold: {@code {"name","people"?,"rooms"?,"words"?,"from"?,"until"?}}; 201. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public CompletionStage<Response> make(String body) {
        Holds.Reader by = reader();
        return tasks.run(() -> {
            Fields fields = RequestBody.fields(body);
            String name = fields.line("name", Hold.LONGEST_NAME);
            List<String> people = fields.lines("people", Hold.MOST_PEOPLE, LONGEST_ID);
            List<String> rooms = fields.lines("rooms", Hold.MOST_ROOMS, LONGEST_ID);
            List<String> words = fields.lines("words", Hold.MOST_WORDS, Hold.LONGEST_WORD);
            Scope scope = new Scope(people, rooms, words, moment(fields, "from"), moment(fields, "until"));
            return fields.problem().map(Problems::response).orElseGet(() -> switch (holds.make(name, scope, by)) {
                case Holds.Made.Done made -> Response.status(CREATED).entity(HoldBody.of(made.hold(), 0L)).build();
                case Holds.Made.Refused refused -> Problems.response(refused.problem());
            });
        });
    }

    private static Optional<Instant> moment(Fields fields, String name) {
        return fields.has(name) ? Optional.of(fields.moment(name)) : Optional.empty();
    }

    /** The holds, the newest first, also those that were released: older than the hold {@code before}. */
    @GET
    public CompletionStage<Response> list(@QueryParam("before") @DefaultValue("") String before, @Context UriInfo uri) {
        Holds.Reader by = reader();
        Fields query = Query.of(uri, "limit");
        int size = Page.size(query, Page.LARGEST, Page.LARGEST);
        return query.problem().map(responses::refused).orElseGet(() -> tasks.run(() -> {
            Page<Hold> page = Page.of(TextRules.isStorable(before) ? holds.page(before, size + 1, by) : List.of(), size);
            return Response.ok(new HoldsBody(page.bodies(hold -> HoldBody.of(hold, null)), page.more())).build();
        }));
    }

    /** One hold, with the number of events that it keeps. */
    @GET
    @Path("{hold}")
    public CompletionStage<Response> one(@PathParam("hold") String id) {
        Holds.Reader by = reader();
        return tasks.run(() -> storable(id).flatMap(known -> holds.find(known, by))
                .map(hold -> Response.ok(HoldBody.of(hold, holds.count(hold))).build())
                .orElseGet(Problems::notFound));
    }

    /** Releases a hold; 204. The next sweep deletes what no other hold keeps. */
    @DELETE
    @Path("{hold}")
    public CompletionStage<Response> release(@PathParam("hold") String id) {
        Holds.Reader by = reader();
        return tasks.run(() -> Problems.doneIf(TextRules.isStorable(id) && holds.release(id, by)));
    }

    /** What a hold keeps of content that left its room, by room and offset, after the place {@code after}. */
    @GET
    @Path("{hold}/content")
    public CompletionStage<Response> content(@PathParam("hold") String id, @QueryParam("after") @DefaultValue("") String after,
                                             @Context UriInfo uri) {
        Holds.Reader by = reader();
        Fields query = Query.of(uri, "limit");
        int size = Page.size(query, Page.LARGEST, Page.LARGEST);
        Matcher place = PLACE.matcher(after);
        if (!after.isEmpty() && !place.matches()) {
            query.wrong(Problem.badRequest("`after` must be the `next` of a page."));
        }
        return query.problem().map(responses::refused).orElseGet(() -> tasks.run(() -> {
            HeldEvent.Place start = after.isEmpty() ? HeldEvent.Place.START
                    : new HeldEvent.Place(place.group(1), Long.parseLong(place.group(2)), Integer.parseInt(place.group(3)));
            return storable(id).flatMap(known -> holds.content(known, start, size + 1, by)).map(found -> Page.of(found, size))
                    .map(page -> Response.ok(body(page)).build()).orElseGet(Problems::notFound);
        }));
    }

    private static ContentBody body(Page<HeldEvent> page) {
        HeldEvent.Place last = page.entries().isEmpty() ? null : page.entries().getLast().place();
        return new ContentBody(page.bodies(HeldBody::of), page.more(),
                page.more() ? last.room() + ":" + last.offset() + ":" + last.version() : null);
    }

    /** The bytes of a file that a hold keeps, or a range of them. */
    @GET
    @Path("{hold}/files/{file}")
    public CompletionStage<Response> file(@PathParam("hold") String id, @PathParam("file") String file,
                                          @HeaderParam("Range") String range, @HeaderParam("If-Range") String ifRange,
                                          @HeaderParam("If-None-Match") String known) {
        Holds.Reader by = reader();
        return tasks.download(() -> storable(id).filter(hold -> TextRules.isStorable(file)).flatMap(hold -> holds.file(hold, file, by))
                .map(found -> FileResponse.of(found, range, ifRange, known, files))
                .orElseGet(Problems::notFound));
    }

    private static Optional<String> storable(String id) {
        return Optional.of(id).filter(TextRules::isStorable);
    }

    private Holds.Reader reader() {
        return new Holds.Reader(caller.get(), caller.address());
    }
}
