package parley.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import parley.scim.Provisioning;
import parley.scim.ScimReader;
import parley.scim.ScimUser;

/** Users over SCIM, for the company's directory. */
@Path("scim/v2/Users")
@Produces({ScimAnswers.TYPE, MediaType.APPLICATION_JSON})
public class ScimUsersResource {

    @Inject
    private Provisioning provisioning;
    @Inject
    private ScimAnswers answers;
    @Inject
    private RequestCaller caller;

    /** Those that {@code filter} finds, or all. */
    @GET
    @WithoutToken
    public CompletionStage<Response> list(@Context HttpHeaders headers, @QueryParam("filter") String filter,
                                          @QueryParam("startIndex") String start, @QueryParam("count") String count) {
        return answers.run(headers, () -> ScimAnswers.of(provisioning.users(Optional.ofNullable(filter), ScimAnswers.number(start, 1, 1),
                ScimAnswers.number(count, 0, Provisioning.LARGEST_PAGE)), page -> ScimAnswers.page(page, ScimAnswers::user)));
    }

    /** Adds one; 201. */
    @POST
    @WithoutToken
    @Consumes({ScimAnswers.TYPE, MediaType.APPLICATION_JSON})
    public CompletionStage<Response> add(@Context HttpHeaders headers, String body) {
        String address = caller.address();
        return answers.run(headers, () -> answers.read(body, ScimReader::user, given -> provisioning.add(given, address),
                user -> answer(201, user)));
    }

    /** One of them. */
    @GET
    @Path("{resource}")
    @WithoutToken
    public CompletionStage<Response> one(@Context HttpHeaders headers, @PathParam("resource") String id) {
        return answers.run(headers, () -> provisioning.user(id).map(user -> answer(200, user)).orElseGet(ScimAnswers::missing));
    }

    /** Replaces one. */
    @PUT
    @Path("{resource}")
    @WithoutToken
    @Consumes({ScimAnswers.TYPE, MediaType.APPLICATION_JSON})
    public CompletionStage<Response> replace(@Context HttpHeaders headers, @PathParam("resource") String id, String body) {
        String address = caller.address();
        return answers.run(headers, () -> answers.read(body, ScimReader::user, given -> provisioning.change(id, given, address),
                user -> answer(200, user)));
    }

    /** Changes one. */
    @PATCH
    @Path("{resource}")
    @WithoutToken
    @Consumes({ScimAnswers.TYPE, MediaType.APPLICATION_JSON})
    public CompletionStage<Response> change(@Context HttpHeaders headers, @PathParam("resource") String id, String body) {
        String address = caller.address();
        return answers.run(headers, () -> answers.read(body, ScimReader::userChanges, given -> provisioning.change(id, given, address),
                user -> answer(200, user)));
    }

    /** Deletes one; 204. */
    @DELETE
    @Path("{resource}")
    @WithoutToken
    public CompletionStage<Response> delete(@Context HttpHeaders headers, @PathParam("resource") String id) {
        String address = caller.address();
        return answers.run(headers, () -> ScimAnswers.of(provisioning.deleteUser(id, address), gone -> Response.noContent().build()));
    }

    private static Response answer(int status, ScimUser user) {
        return ScimAnswers.response(status, ScimAnswers.user(user));
    }
}
