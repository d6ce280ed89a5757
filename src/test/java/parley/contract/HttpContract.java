package parley.contract;

import com.networknt.schema.Schema;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** Checks requests and their answers against the OpenAPI document. Safe for all threads. */
public final class HttpContract {

    /** A request as a test sent it. {@code path} is below the application, with its query; without {@code body} none is checked. */
    public record Request(String method, String path, Optional<String> body) {}

    /** An answer. {@code type} is the content type, empty without one. */
    public record Answer(int status, String type, String body) {}

    private static final JsonMapper JSON = new JsonMapper();
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");
    private static final String PROBLEM = "application/problem+json";
    private static final HttpContract CURRENT = new HttpContract(ContractDocument.requests(ContractDocument.CURRENT));

    /** A request of the document. */
    private record Operation(String method, Pattern path, JsonNode json, Map<String, JsonNode> query) {}

    private final ContractDocument document;
    private final Map<String, Operation> operations = new LinkedHashMap<>();
    /** The compiled schemas by their node. Operations that no test calls cost nothing. */
    private final Map<JsonNode, Schema> schemas = new ConcurrentHashMap<>();

    HttpContract(ContractDocument document) {
        this.document = document;
        document.root().get("paths").properties().forEach(path -> path.getValue().properties().stream()
                .filter(field -> METHODS.contains(field.getKey()))
                .forEach(field -> add(path.getKey(), path.getValue(), field.getKey(), field.getValue())));
    }

    /** The contract of this version. */
    public static HttpContract current() {
        return CURRENT;
    }

    private void add(String path, JsonNode item, String method, JsonNode json) {
        Map<String, JsonNode> query = new HashMap<>();
        for (JsonNode holder : List.of(item, json)) {
            holder.path("parameters").valueStream().map(document::resolved).filter(one -> one.get("in").stringValue().equals("query"))
                    .forEach(one -> query.put(one.get("name").stringValue(), one.get("schema")));
        }
        Pattern pattern = Pattern.compile(Pattern.quote(path).replaceAll("\\{[a-z]+}", "\\\\E[^/]+\\\\Q"));
        operations.put(method.toUpperCase(Locale.ROOT) + " " + path, new Operation(method.toUpperCase(Locale.ROOT), pattern, json, query));
    }

    /** All requests, such as {@code GET /api/rooms/{room}}. */
    Set<String> operations() {
        return operations.keySet();
    }

    /** The query parameters of a request of {@link #operations}. */
    Set<String> query(String operation) {
        return operations.get(operation).query.keySet();
    }

    /** The fields of the JSON body of a request of {@link #operations}. */
    Set<String> bodyFields(String operation) {
        JsonNode schema = document.resolved(operations.get(operation).json.path("requestBody")).path("content").path("application/json")
                .path("schema");
        return ContractDocument.names(schema.path("properties")).collect(Collectors.toSet());
    }

    /** What is wrong with an answer, and with the request if the server accepted it; empty if both follow the contract. */
    public List<String> wrong(Request request, Answer answer) {
        String path = request.path.replaceAll("\\?.*", "");
        Optional<Operation> operation = operations.values().stream()
                .filter(one -> one.method.equals(request.method) && one.path.matcher(path).matches()).findFirst();
        if (operation.isEmpty()) {
            return wrongInOther(request, answer);
        }
        List<String> wrong = new ArrayList<>(wrongInAnswer(operation.get(), answer));
        if (answer.status < 300) {
            wrong.addAll(wrongInQuery(operation.get(), request.path));
            request.body.ifPresent(body -> wrong.addAll(wrongInBody(operation.get(), body)));
        }
        return wrong;
    }

    // Pages and scripts are not part of the contract, but every refusal has the same form.
    private List<String> wrongInOther(Request request, Answer answer) {
        boolean api = request.path.startsWith("/api/");
        if (answer.status < 400) {
            return api && !Set.of("OPTIONS", "HEAD").contains(request.method) ? List.of("this request is not in the contract") : List.of();
        }
        return answer.body.isEmpty() && !api || request.method.equals("HEAD") ? List.of() : wrongInProblem(answer);
    }

    private List<String> wrongInProblem(Answer answer) {
        return wrongInContent(document.root().at("/components/responses/refused/content"), answer);
    }

    private List<String> wrongInAnswer(Operation operation, Answer answer) {
        if (isOfContainer(answer)) {
            return List.of();
        }
        JsonNode responses = operation.json.get("responses");
        JsonNode response = responses.path(String.valueOf(answer.status));
        if (response.isMissingNode() && answer.status >= 400) {
            response = responses.path("default");
        }
        if (response.isMissingNode()) {
            return List.of("the status " + answer.status + " is not in the contract");
        }
        JsonNode content = document.resolved(response).path("content");
        if (content.isMissingNode()) {
            return answer.body.isEmpty() ? List.of() : List.of("the contract has no body");
        }
        return wrongInContent(content, answer);
    }

    // The container refuses a head that it can't parse without a body, and drops the content type of an answer that names an upgrade.
    private static boolean isOfContainer(Answer answer) {
        return answer.type.isEmpty() && (answer.status == 426 || answer.status == 400 && answer.body.isEmpty());
    }

    private List<String> wrongInContent(JsonNode content, Answer answer) {
        String type = answer.type.replaceAll("\\s*;.*", "");
        if (content.has("*/*")) {
            return List.of();
        }
        if (!content.has(type)) {
            return List.of("the content type `" + answer.type + "` is not in the contract");
        }
        if (!type.endsWith("json")) {
            return List.of();
        }
        List<String> wrong = wrongInJson(content.get(type).get("schema"), answer.body);
        return wrong.isEmpty() && type.equals(PROBLEM) && JSON.readTree(answer.body).get("status").intValue() != answer.status
                ? List.of("the problem has another status than the answer") : wrong;
    }

    private List<String> wrongInBody(Operation operation, String body) {
        JsonNode contents = document.resolved(operation.json.path("requestBody")).path("content");
        if (contents.isMissingNode()) {
            return body.isEmpty() ? List.of() : List.of("the request was accepted with a body, which is not in the contract");
        }
        JsonNode content = contents.path("application/json");
        return content.isMissingNode() ? List.of()
                : wrongInJson(content.get("schema"), body).stream().map(wrong -> "the request was accepted with " + wrong).toList();
    }

    private List<String> wrongInQuery(Operation operation, String path) {
        List<String> wrong = new ArrayList<>();
        String query = Optional.ofNullable(URI.create(path).getRawQuery()).orElse("");
        for (String pair : query.split("&")) {
            String name = pair.replaceAll("=.*", "");
            JsonNode schema = operation.query.get(name);
            if (schema == null && !name.isEmpty()) {
                wrong.add("the query parameter `" + name + "` is not in the contract");
            } else if (schema != null && pair.contains("=")) {
                String value = URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8);
                wrong.addAll(ContractDocument.wrong(schema(schema), value(schema, value)).stream()
                        .map(fault -> "the request was accepted with `" + name + "`: " + fault).toList());
            }
        }
        return wrong;
    }

    private JsonNode value(JsonNode schema, String text) {
        String type = document.resolved(schema).path("type").stringValue("string");
        if (type.equals("integer") && text.matches("-?[0-9]{1,18}")) {
            return JsonNodeFactory.instance.numberNode(Long.parseLong(text));
        }
        return type.equals("boolean") && text.matches("true|false") ? JsonNodeFactory.instance.booleanNode(Boolean.parseBoolean(text))
                : JsonNodeFactory.instance.stringNode(text);
    }

    private List<String> wrongInJson(JsonNode schema, String text) {
        try {
            return ContractDocument.wrong(schema(schema), JSON.readTree(text));
        } catch (JacksonException notJson) {
            return List.of("what is no JSON: " + text);
        }
    }

    private Schema schema(JsonNode node) {
        return schemas.computeIfAbsent(node, document::schema);
    }
}
