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
import parley.scim.ScimGroup;
import parley.scim.ScimReader;

/** Groups over SCIM, for the company's directory. A list leaves out the members. */
@Path("scim/v2/Groups")
@Produces({ScimAnswers.TYPE, MediaType.APPLICATION_JSON})
public class ScimGroupsResource {

    @Inject
    private Provisioning provisioning;
    @Inject
    private ScimAnswers answers;

    /** Those that {@code filter} finds, or all. */
    @GET
    @WithoutToken
    public CompletionStage<Response> list(@Context HttpHeaders headers, @QueryParam("filter") String filter,
                                          @QueryParam("startIndex") String start, @QueryParam("count") String count) {
        return answers.run(headers, () -> ScimAnswers.of(provisioning.groups(Optional.ofNullable(filter), ScimAnswers.number(start, 1, 1),
                ScimAnswers.number(count, 0, Provisioning.LARGEST_PAGE)), page -> ScimAnswers.page(page, ScimAnswers::nameOf)));
    }

    /** Adds one; 201. */
    @POST
    @WithoutToken
    @Consumes({ScimAnswers.TYPE, MediaType.APPLICATION_JSON})
    public CompletionStage<Response> add(@Context HttpHeaders headers, String body) {
        return answers.run(headers, () -> answers.read(body, ScimReader::group, given -> provisioning.add(given),
                group -> answer(201, group)));
    }

    /** One of them. */
    @GET
    @Path("{resource}")
    @WithoutToken
    public CompletionStage<Response> one(@Context HttpHeaders headers, @PathParam("resource") String id) {
        return answers.run(headers, () -> provisioning.group(id).map(group -> answer(200, group)).orElseGet(ScimAnswers::missing));
    }

    /** Replaces one. */
    @PUT
    @Path("{resource}")
    @WithoutToken
    @Consumes({ScimAnswers.TYPE, MediaType.APPLICATION_JSON})
    public CompletionStage<Response> replace(@Context HttpHeaders headers, @PathParam("resource") String id, String body) {
        return answers.run(headers, () -> answers.read(body, ScimReader::group, given -> provisioning.change(id, given),
                group -> answer(200, group)));
    }

    /** Changes one. */
    @PATCH
    @Path("{resource}")
    @WithoutToken
    @Consumes({ScimAnswers.TYPE, MediaType.APPLICATION_JSON})
    public CompletionStage<Response> change(@Context HttpHeaders headers, @PathParam("resource") String id, String body) {
        return answers.run(headers, () -> answers.read(body, ScimReader::groupChanges, given -> provisioning.change(id, given),
                group -> answer(200, group)));
    }

    /** Deletes one; 204. */
    @DELETE
    @Path("{resource}")
    @WithoutToken
    public CompletionStage<Response> delete(@Context HttpHeaders headers, @PathParam("resource") String id) {
        return answers.run(headers, () -> provisioning.deleteGroup(id) ? Response.noContent().build() : ScimAnswers.missing());
    }

    private static Response answer(int status, ScimGroup group) {
        return ScimAnswers.response(status, ScimAnswers.group(group, true));
    }
}
