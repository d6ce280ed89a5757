package parley.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionStage;
import parley.http.RequestBody;
import parley.moderation.Rules;
import parley.protocol.Fields;

/** The rules about texts of the installation, for callers in the group {@code parley-admin}. */
@Path("administration/rules")
@Produces(MediaType.APPLICATION_JSON)
public class RulesResource {

    @Inject
    private RequestCaller caller;
    @Inject
    private Rules rules;
    @Inject
    private AdministratorTasks tasks;

    /** All rules, oldest first: at most {@link Rules#MOST}. */
    @GET
    public CompletionStage<Response> list() {
        return tasks.run(() -> Response.ok(RuleFields.RulesBody.of(rules.of(Rules.EVERYWHERE))).build());
    }

    /** Adds a rule: {@code {"kind","pattern","action"}}; 201. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public CompletionStage<Response> add(String body) {
        String by = caller.get().id();
        String address = caller.address();
        return tasks.run(() -> {
            Fields fields = RequestBody.fields(body);
            Rules.Wanted wanted = RuleFields.wanted(fields);
            return fields.problem().map(Problems::response).orElseGet(() ->
                    added(rules.add(Rules.EVERYWHERE, wanted, by, address)));
        });
    }

    /** Removes a rule; 204. */
    @DELETE
    @Path("{rule}")
    public CompletionStage<Response> remove(@PathParam("rule") String id) {
        String by = caller.get().id();
        String address = caller.address();
        return tasks.run(() -> Problems.doneUnless(rules.remove(Rules.EVERYWHERE, id, by, address)));
    }

    static Response added(Rules.Outcome outcome) {
        return switch (outcome) {
            case Rules.Outcome.Added made -> Response.status(Response.Status.CREATED).entity(RuleFields.RuleBody.of(made.rule())).build();
            case Rules.Outcome.Refused refused -> Problems.response(refused.problem());
        };
    }
}
