package parley.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import parley.bot.Bot;
import parley.bot.Bots;
import parley.http.RequestBody;
import parley.identity.Claims;
import parley.identity.Scope;
import parley.protocol.Fields;
import parley.protocol.Problem;
import parley.protocol.WireTime;

/** Bots and their tokens, for callers in the group {@code parley-admin}. */
@Path("administration/bots")
@Produces(MediaType.APPLICATION_JSON)
public class BotsResource {

    private static final int USUAL_PAGE = 50;
    private static final int LONGEST_TOKEN_NAME = 100;
    private static final int MOST_SCOPES = Scope.values().length;

    @Inject
    private RequestCaller caller;
    @Inject
    private Bots bots;
    @Inject
    private AdministratorTasks tasks;

    /** A token as JSON, without the token itself. */
    record TokenBody(String id, String name, List<String> scopes, String created, String by, String expires, String used, long uses) {

        static TokenBody of(Bot.Token token) {
            return new TokenBody(token.id(), token.name(), token.scopes().stream().sorted().map(Scope::wire).toList(),
                    WireTime.text(token.created()), token.by(), WireTime.text(token.expires()),
                    token.used().map(WireTime::text).orElse(null), token.uses());
        }
    }

    /** A bot as JSON. */
    record BotBody(String id, String user, String name, String picture, String description, String created, String by, String watched,
                   List<TokenBody> tokens) {

        static BotBody of(Bot bot) {
            return new BotBody(bot.id(), Bot.user(bot.id()), bot.name(), bot.picture().orElse(null),
                    bot.description().isEmpty() ? null : bot.description(), WireTime.text(bot.created()), bot.by(),
                    bot.watched().map(WireTime::text).orElse(null), bot.tokens().stream().map(TokenBody::of).toList());
        }
    }

    /** A page of bots. */
    record BotsBody(List<BotBody> bots, boolean more) {}

    /** A new token, which nobody can read again. */
    record IssuedBody(String id, String token, String expires) {}

    /** The bots with their tokens, by id. */
    @GET
    public CompletionStage<Response> list(@QueryParam("after") @DefaultValue("") String after, @Context UriInfo uri) {
        Fields query = Query.of(uri, "limit");
        int size = Page.size(query, USUAL_PAGE, Page.LARGEST);
        return tasks.run(() -> query.problem().map(Problems::response).orElseGet(() -> {
            Page<Bot> page = Page.of(bots.list(after, size + 1), size);
            return Response.ok(new BotsBody(page.bodies(BotBody::of), page.more())).build();
        }));
    }

    /** Makes a bot: {@code {"id","name","picture"?,"description"?}}; 201. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public CompletionStage<Response> create(String body) {
        Bots.By by = by();
        return tasks.run(() -> {
            Fields fields = RequestBody.fields(body);
            String id = fields.line("id", LONGEST_TOKEN_NAME);
            if (!Bot.isId(id)) {
                fields.wrong(Problem.badRequest("`id` must be a lower-case letter or digit, and up to 63 of these, _ or - after it."));
            }
            Bots.Profile profile = profile(fields);
            return fields.problem().map(Problems::response).orElseGet(() -> switch (bots.create(id, profile, by)) {
                case Bots.Outcome.Done<Bot> done -> Response.status(Response.Status.CREATED).entity(BotBody.of(done.value())).build();
                case Bots.Outcome.Refused<Bot> refused -> Problems.response(refused.problem());
            });
        });
    }

    /** Changes a bot: {@code {"name","picture"?,"description"?}}; 204. What is left out is removed. */
    @PATCH
    @Path("{bot}")
    @Consumes(MediaType.APPLICATION_JSON)
    public CompletionStage<Response> change(@PathParam("bot") String bot, String body) {
        Bots.By by = by();
        return tasks.run(() -> {
            Fields fields = RequestBody.fields(body);
            Bots.Profile profile = profile(fields);
            return Problems.doneUnless(fields.problem().or(() -> bots.change(bot, profile, by)));
        });
    }

    /** Deletes a bot; 204. Its tokens and its slash commands end. */
    @DELETE
    @Path("{bot}")
    public CompletionStage<Response> delete(@PathParam("bot") String bot) {
        Bots.By by = by();
        return tasks.run(() -> Problems.doneUnless(bots.delete(bot, by)));
    }

    /** Makes a token: {@code {"name","scopes","days"}}; 201. */
    @POST
    @Path("{bot}/tokens")
    @Consumes(MediaType.APPLICATION_JSON)
    public CompletionStage<Response> issue(@PathParam("bot") String bot, String body) {
        Bots.By by = by();
        return tasks.run(() -> {
            Fields fields = RequestBody.fields(body);
            String name = fields.line("name", LONGEST_TOKEN_NAME);
            Optional<Set<Scope>> scopes = Scope.of(fields.lines("scopes", MOST_SCOPES, LONGEST_TOKEN_NAME))
                    .filter(found -> !found.isEmpty());
            if (scopes.isEmpty()) {
                fields.wrong(Problem.badRequest("`scopes` must be a list of read, post, members and commands, at least one."));
            }
            long days = fields.number("days", 1, Bots.LONGEST_LIFE.toDays(), 0);
            if (days == 0) {
                fields.wrong(Problem.badRequest("`days` must be a whole number from 1 to " + Bots.LONGEST_LIFE.toDays() + "."));
            }
            return fields.problem().map(Problems::response)
                    .orElseGet(() -> issued(bots.issue(bot, name, scopes.orElseThrow(), Duration.ofDays(days), by)));
        });
    }

    private static Response issued(Bots.Outcome<Bots.Issued> outcome) {
        return switch (outcome) {
            case Bots.Outcome.Done<Bots.Issued> done -> Response.status(Response.Status.CREATED).header("Cache-Control", "no-store")
                    .entity(new IssuedBody(done.value().token().id(), done.value().secret(), WireTime.text(done.value().token().expires())))
                    .build();
            case Bots.Outcome.Refused<Bots.Issued> refused -> Problems.response(refused.problem());
        };
    }

    /** Revokes a token; 204. Its connections end within about a second. */
    @DELETE
    @Path("{bot}/tokens/{token}")
    public CompletionStage<Response> revoke(@PathParam("bot") String bot, @PathParam("token") String token) {
        Bots.By by = by();
        return tasks.run(() -> Problems.doneUnless(bots.revoke(bot, token, by)));
    }

    private Bots.By by() {
        return new Bots.By(caller.get().id(), caller.address());
    }

    private static Bots.Profile profile(Fields fields) {
        String name = fields.name("name");
        Optional<String> picture = fields.has("picture") ? Claims.picture(fields.line("picture", Claims.LONGEST_PICTURE))
                : Optional.empty();
        if (fields.has("picture") && picture.isEmpty()) {
            fields.wrong(Problem.badRequest("`picture` must be an https URL."));
        }
        return new Bots.Profile(name, picture,
                fields.has("description") ? fields.lineOrNone("description", Bot.LONGEST_DESCRIPTION) : "");
    }
}
