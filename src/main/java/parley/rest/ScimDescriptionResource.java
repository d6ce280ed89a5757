package parley.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.concurrent.CompletionStage;
import parley.scim.Provisioning;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What this SCIM service can do (RFC 7644, section 4). */
@Path("scim/v2")
@Produces({ScimAnswers.TYPE, MediaType.APPLICATION_JSON})
public class ScimDescriptionResource {

    private static final String SCHEMAS = "urn:ietf:params:scim:schemas:core:2.0:";

    @Inject
    private ScimAnswers answers;

    /** What is supported. */
    @GET
    @Path("ServiceProviderConfig")
    @WithoutToken
    public CompletionStage<Response> config(@Context HttpHeaders headers) {
        return answers.run(headers, () -> {
            ObjectNode json = ScimAnswers.object(SCHEMAS + "ServiceProviderConfig");
            json.set("patch", supported(true));
            json.set("bulk", supported(false).put("maxOperations", 0).put("maxPayloadSize", 0));
            json.set("filter", supported(true).put("maxResults", Provisioning.LARGEST_PAGE));
            json.set("changePassword", supported(false));
            json.set("sort", supported(false));
            json.set("etag", supported(false));
            json.putArray("authenticationSchemes").addObject().put("type", "oauthbearertoken").put("name", "Bearer token")
                    .put("description", "The token of parley.scim.token.");
            return ScimAnswers.response(200, json);
        });
    }

    private static ObjectNode supported(boolean is) {
        return JsonNodeFactory.instance.objectNode().put("supported", is);
    }

    /** The kinds of resources. */
    @GET
    @Path("ResourceTypes")
    @WithoutToken
    public CompletionStage<Response> types(@Context HttpHeaders headers) {
        return answers.run(headers, () -> ScimAnswers.all(List.of(type("User", ScimAnswers.USER), type("Group", ScimAnswers.GROUP))));
    }

    private static ObjectNode type(String name, String schema) {
        return ScimAnswers.object(SCHEMAS + "ResourceType").put("id", name).put("name", name).put("endpoint", "/" + name + "s")
                .put("schema", schema);
    }

    /** The attributes that have a use here. */
    @GET
    @Path("Schemas")
    @WithoutToken
    public CompletionStage<Response> schemas(@Context HttpHeaders headers) {
        return answers.run(headers, () -> ScimAnswers.all(List.of(
                schema("User", ScimAnswers.USER, List.of("userName", "externalId", "displayName"), "active", "boolean"),
                schema("Group", ScimAnswers.GROUP, List.of("displayName", "externalId"), "members", "complex"))));
    }

    private static ObjectNode schema(String name, String id, List<String> texts, String other, String type) {
        ObjectNode json = ScimAnswers.object(SCHEMAS + "Schema").put("id", id).put("name", name);
        ArrayNode attributes = json.putArray("attributes");
        texts.forEach(text -> attributes.add(attribute(text, "string", false, text.equals(texts.getFirst()))));
        attributes.add(attribute(other, type, type.equals("complex"), false));
        return json;
    }

    private static ObjectNode attribute(String name, String type, boolean isMany, boolean isRequired) {
        return JsonNodeFactory.instance.objectNode().put("name", name).put("type", type).put("multiValued", isMany)
                .put("required", isRequired).put("mutability", "readWrite").put("returned", "default");
    }
}
