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
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import parley.hook.Webhooks;
import parley.http.RequestBody;
import parley.outlet.Attempt;
import parley.outlet.Outlet;
import parley.protocol.Feature;
import parley.protocol.Fields;
import parley.protocol.Problem;
import parley.protocol.WireTime;
import parley.settings.Settings;

/** The outgoing hooks of a room, for its owners and administrators. */
@Path("rooms/{room}/hooks")
@Produces(MediaType.APPLICATION_JSON)
@PartOf(Feature.HOOKS)
public class HooksResource {

    private static final int MOST_TYPES = 50;
    private static final int LONGEST_WORD = 50;

    @Inject
    private RequestCaller caller;
    @Inject
    private Settings settings;
    @Inject
    private HookAccess access;
    @Inject
    private Webhooks hooks;

    /** When and why a hook was disabled. */
    record DisabledBody(String at, String why) {}

    /** A hook as JSON; {@code secret} only when it was made. */
    record HookBody(String id, String kind, String url, List<String> events, String by, String created, String epoch, long offset,
                    long head, String failing, DisabledBody disabled, String secret) {

        static HookBody of(Webhooks.Hook hook, String secret) {
            Outlet outlet = hook.outlet();
            return new HookBody(outlet.id(), outlet.kind(), hook.url().orElse(null), outlet.types().isEmpty() ? null : outlet.types(),
                    outlet.by(), WireTime.text(outlet.created()), outlet.epoch(), outlet.offset(), outlet.head(),
                    outlet.failing().map(WireTime::text).orElse(null),
                    outlet.disabled().map(disabled -> new DisabledBody(WireTime.text(disabled.at()), disabled.why())).orElse(null), secret);
        }

        @Override
        public String toString() {
            return "hook " + id;
        }
    }

    /** All hooks of a room. */
    record HooksBody(List<HookBody> hooks) {}

    /** A new secret. */
    record SecretBody(String secret) {

        @Override
        public String toString() {
            return "a secret";
        }
    }

    /** An attempt as JSON. */
    record AttemptBody(String at, String event, String type, String status, int attempt, int millis, String answer) {

        static AttemptBody of(Attempt attempt) {
            return new AttemptBody(WireTime.text(attempt.at()), attempt.event(), attempt.type(), attempt.status(), attempt.attempt(),
                    attempt.millis(), attempt.answer().isEmpty() ? null : attempt.answer());
        }
    }

    /** The latest attempts of a hook. */
    record AttemptsBody(List<AttemptBody> attempts) {}

    /** The hooks, oldest first. */
    @GET
    public CompletionStage<Response> list(@PathParam("room") String room) {
        return access.managing(room, RequestBody.fields("{}"), view ->
                Response.ok(new HooksBody(hooks.of(room).stream().map(hook -> HookBody.of(hook, null)).toList())).build());
    }

    /**
     * Adds a webhook: {@code {"url","events"?}}, whose secret is in the answer and not shown again. {@code {"kind":"jms","events"?}} is for
     * administrators.
     */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public CompletionStage<Response> add(@PathParam("room") String room, String body, @Context UriInfo here) {
        URI collection = here.getAbsolutePath();
        Webhooks.By by = access.by();
        Fields fields = RequestBody.fields(body);
        boolean administers = caller.get().administers();
        String kind = kind(fields);
        Optional<URI> url = kind.equals(Webhooks.JMS) ? Optional.empty() : url(fields);
        List<String> types = types(fields);
        return access.managing(room, fields, view -> HookAccess.storesNothing(view).or(() -> jmsRefusal(kind, administers))
                .map(Problems::response).orElseGet(() -> hooks.add(room, kind, url, types, by).map(added -> Response
                        .created(URI.create(collection + "/" + added.hook().outlet().id()))
                        .entity(HookBody.of(added.hook(), added.secret().orElse(null))).build())
                        .orElseGet(() -> Problems.response(Problem.conflict("This room has the maximum number of hooks.")))));
    }

    /** Changes a hook: {@code {"url"?,"events"?,"enabled"?,"skip"?}}. */
    @PATCH
    @Path("{hook}")
    @Consumes(MediaType.APPLICATION_JSON)
    public CompletionStage<Response> change(@PathParam("room") String room, @PathParam("hook") String hook, String body) {
        Webhooks.By by = access.by();
        Fields fields = RequestBody.fields(body);
        Webhooks.Change change = new Webhooks.Change(fields.has("url") ? url(fields) : Optional.empty(),
                fields.has("events") ? Optional.of(types(fields)) : Optional.empty(),
                fields.has("enabled") ? Optional.of(fields.flag("enabled")) : Optional.empty(), fields.flag("skip", false));
        return access.managing(room, fields, view -> {
            if (change.url().isPresent() && hooks.one(room, hook).filter(found -> found.url().isEmpty()).isPresent()) {
                return Problems.response(Problem.conflict("This hook has no URL."));
            }
            return hooks.change(room, hook, change, by).map(changed -> Response.ok(HookBody.of(changed, null)).build())
                    .orElseGet(HooksResource::none);
        });
    }

    /** Removes a hook. Its URL gets nothing more. */
    @DELETE
    @Path("{hook}")
    public CompletionStage<Response> remove(@PathParam("room") String room, @PathParam("hook") String hook) {
        Webhooks.By by = access.by();
        return access.managing(room, RequestBody.fields("{}"), view ->
                hooks.remove(room, hook, by) ? Response.noContent().build() : none());
    }

    /** Replaces the secret of a webhook. For a day, the former one signs too. */
    @POST
    @Path("{hook}/secret")
    public CompletionStage<Response> rotate(@PathParam("room") String room, @PathParam("hook") String hook) {
        Webhooks.By by = access.by();
        return access.managing(room, RequestBody.fields("{}"), view -> hooks.rotate(room, hook, by)
                .map(secret -> Response.ok(new SecretBody(secret)).header("Cache-Control", "no-store").build())
                .orElseGet(HooksResource::none));
    }

    /** The latest attempts, latest first. */
    @GET
    @Path("{hook}/attempts")
    public CompletionStage<Response> attempts(@PathParam("room") String room, @PathParam("hook") String hook) {
        return access.managing(room, RequestBody.fields("{}"), view -> hooks.attempts(room, hook)
                .map(found -> Response.ok(new AttemptsBody(found.stream().map(AttemptBody::of).toList())).build())
                .orElseGet(HooksResource::none));
    }

    private static Response none() {
        return Problems.response(Problem.noSuchHook());
    }

    private static String kind(Fields fields) {
        String kind = fields.has("kind") ? fields.line("kind", LONGEST_WORD) : Webhooks.WEBHOOK;
        if (!kind.equals(Webhooks.WEBHOOK) && !kind.equals(Webhooks.JMS)) {
            fields.wrong(Problem.badRequest("`kind` must be webhook or jms."));
        }
        return kind;
    }

    // The destination has the events of all its rooms, so it is not for the owner of one of them to choose.
    private Optional<Problem> jmsRefusal(String kind, boolean administers) {
        if (!kind.equals(Webhooks.JMS)) {
            return Optional.empty();
        } else if (!administers) {
            return Optional.of(Problem.forbidden("Only administrators can choose the rooms whose events go to JMS."));
        }
        return settings.jms().events().isEmpty() ? Optional.of(Problem.conflict("This installation has no JMS destination."))
                : Optional.empty();
    }

    private Optional<URI> url(Fields fields) {
        String text = fields.line("url", 2_000);
        Optional<URI> url = hooks.endpoint(text);
        if (url.isEmpty()) {
            fields.wrong(Problem.badRequest("`url` must be an https URL on port 443 whose host has a public address. An administrator can "
                    + "allow other hosts."));
        }
        return url;
    }

    private static List<String> types(Fields fields) {
        List<String> types = fields.lines("events", MOST_TYPES, LONGEST_WORD).stream().distinct().toList();
        types.stream().filter(type -> !Webhooks.types().contains(type)).findFirst().ifPresent(type ->
                fields.wrong(Problem.badRequest("`events` has an entry that is no type of an event, such as message.posted.")));
        return types;
    }
}
