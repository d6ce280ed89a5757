package parley.rest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import parley.identity.BearerToken;
import parley.protocol.Problem;
import parley.protocol.WireTime;
import parley.scim.Provisioning;
import parley.scim.ScimGroup;
import parley.scim.ScimOutcome;
import parley.scim.ScimProblem;
import parley.scim.ScimReader;
import parley.scim.ScimUser;
import parley.threads.RequestPool;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Answers to the company's directory, in the form of SCIM: with its token only, and as if there were nothing while SCIM is off. */
@ApplicationScoped
class ScimAnswers {

    static final String TYPE = "application/scim+json";
    static final String USER = "urn:ietf:params:scim:schemas:core:2.0:User";
    static final String GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group";
    private static final String MESSAGES = "urn:ietf:params:scim:api:messages:2.0:";
    private static final int UNAUTHORIZED = 401;

    @Inject
    private Provisioning provisioning;
    @Inject
    private RequestPool readers;
    @Inject
    private ResponsePool responses;

    /** Does a task for the directory, on a thread that may wait for the database. */
    CompletionStage<Response> run(HttpHeaders headers, Supplier<Response> task) {
        if (!provisioning.isOn()) {
            return responses.refused(Problem.notFound());
        }
        Optional<String> token = BearerToken.of(headers.getHeaderString(HttpHeaders.AUTHORIZATION));
        Supplier<Response> allowed = provisioning.refuses(token)
                ? () -> error(new ScimProblem(UNAUTHORIZED, "", "The directory's token is needed.")) : task;
        return responses.ofLongWork(readers.read(allowed));
    }

    /** Reads a body and answers with the outcome. */
    <T, C> Response read(String body, Function<ScimReader, C> reading, Function<C, ScimOutcome<T>> change, Function<T, Response> answer) {
        ScimReader reader = new ScimReader(body);
        C given = reading.apply(reader);
        return reader.problem().map(ScimAnswers::error).orElseGet(() -> of(change.apply(given), answer));
    }

    static <T> Response of(ScimOutcome<T> outcome, Function<T, Response> answer) {
        return switch (outcome) {
            case ScimOutcome.Done<T> done -> answer.apply(done.resource());
            case ScimOutcome.Refused<T> refused -> error(refused.problem());
        };
    }

    static Response missing() {
        return error(ScimProblem.missing());
    }

    static Response error(ScimProblem problem) {
        ObjectNode json = object(MESSAGES + "Error").put("status", "" + problem.status()).put("detail", problem.detail());
        if (!problem.type().isEmpty()) {
            json.put("scimType", problem.type());
        }
        return response(problem.status(), json);
    }

    static Response response(int status, ObjectNode json) {
        return Response.status(status).type(TYPE).entity(json.toString()).build();
    }

    static ObjectNode object(String schema) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.putArray("schemas").add(schema);
        return json;
    }

    static <T> Response page(Provisioning.Page<T> page, Function<T, ObjectNode> json) {
        ObjectNode list = object(MESSAGES + "ListResponse").put("totalResults", page.total()).put("startIndex", page.start())
                .put("itemsPerPage", page.resources().size());
        ArrayNode resources = list.putArray("Resources");
        page.resources().forEach(resource -> resources.add(json.apply(resource)));
        return response(200, list);
    }

    static ObjectNode user(ScimUser user) {
        ObjectNode json = object(USER).put("id", user.id()).put("userName", user.userName()).put("displayName", user.displayName())
                .put("active", user.active());
        user.externalId().ifPresent(id -> json.put("externalId", id));
        json.putObject("meta").put("resourceType", "User").put("created", WireTime.text(user.created()))
                .put("lastModified", WireTime.text(user.changed()));
        return json;
    }

    static ObjectNode group(ScimGroup group, boolean withMembers) {
        ObjectNode json = object(GROUP).put("id", group.id()).put("displayName", group.displayName());
        group.externalId().ifPresent(id -> json.put("externalId", id));
        if (withMembers) {
            ArrayNode members = json.putArray("members");
            group.members().forEach(id -> members.addObject().put("value", id));
        }
        json.putObject("meta").put("resourceType", "Group").put("created", WireTime.text(group.created()))
                .put("lastModified", WireTime.text(group.changed()));
        return json;
    }

    /** A group without its members. */
    static ObjectNode nameOf(ScimGroup group) {
        return group(group, false);
    }

    /** A number of the query, or its default; numbers below the least become the least, as RFC 7644 asks. */
    static int number(String written, int least, int usual) {
        return written != null && written.matches("-?[0-9]{1,9}") ? Math.max(least, Integer.parseInt(written)) : usual;
    }

    /** The list of these resources as one page. */
    static Response all(List<ObjectNode> resources) {
        return page(new Provisioning.Page<>(resources, resources.size(), 1), Function.identity());
    }
}
