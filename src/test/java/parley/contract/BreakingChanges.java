package parley.contract;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * What breaks clients of one version of the contract when the server speaks another one. New messages, requests and fields break nothing,
 * and neither do new values in what the server sends: clients ignore what they don't know.
 */
final class BreakingChanges {

    /** Who sends a value: a client may not be asked for more, and may not get less. */
    enum Sender { CLIENT, SERVER }

    private static final List<String> LEAST = List.of("minLength", "minimum", "minItems", "minProperties");
    private static final List<String> MOST = List.of("maxLength", "maximum", "maxItems", "maxProperties");
    private static final List<String> FORMS = List.of("pattern", "format", "uniqueItems");
    private static final List<String> CONDITIONS = List.of("oneOf", "anyOf", "allOf", "not", "dependencies");
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");

    private final ContractDocument last;
    private final ContractDocument current;
    private final List<String> found = new ArrayList<>();

    BreakingChanges(ContractDocument last, ContractDocument current) {
        this.last = last;
        this.current = current;
    }

    /** What breaks between two AsyncAPI documents. */
    List<String> inFrames() {
        for (String channel : ContractDocument.names(last.root().get("channels")).toList()) {
            JsonNode messages = last.root().get("channels").get(channel).get("messages");
            JsonNode others = current.root().path("channels").path(channel).path("messages");
            Sender sender = channel.equals("commands") ? Sender.CLIENT : Sender.SERVER;
            messages.properties().forEach(message -> {
                String place = channel + " " + message.getKey();
                if (there(place, others.path(message.getKey()))) {
                    schemas(place, message.getValue().get("payload"), others.get(message.getKey()).get("payload"), sender);
                }
            });
        }
        last.root().get("operations").properties().forEach(operation -> {
            JsonNode other = current.root().path("operations").path(operation.getKey());
            if (there("operation " + operation.getKey(), other) && !operation.getValue().path("reply").equals(other.path("reply"))) {
                found.add("operation " + operation.getKey() + ": has other replies");
            }
        });
        return found;
    }

    /** What breaks between two OpenAPI documents. */
    List<String> inRequests() {
        last.root().get("paths").properties().forEach(path -> path.getValue().properties().stream()
                .filter(method -> METHODS.contains(method.getKey())).forEach(method -> {
                    String place = method.getKey() + " " + path.getKey();
                    JsonNode item = current.root().get("paths").path(path.getKey());
                    if (there(place, item.path(method.getKey()))) {
                        parameters(place, path.getValue(), method.getValue(), item, item.get(method.getKey()));
                        bodies(place, method.getValue().path("requestBody"), item.get(method.getKey()).path("requestBody"));
                        responses(place, method.getValue().get("responses"), item.get(method.getKey()).get("responses"));
                    }
                }));
        return found;
    }

    private void parameters(String place, JsonNode item, JsonNode operation, JsonNode otherItem, JsonNode otherOperation) {
        List<JsonNode> others = parameters(current, otherItem, otherOperation);
        List<JsonNode> known = parameters(last, item, operation);
        for (JsonNode parameter : known) {
            String name = parameter.get("name").stringValue();
            Optional<JsonNode> other = others.stream().filter(one -> one.get("name").equals(parameter.get("name"))).findFirst();
            if (there(place + " ?" + name, other.orElse(item.path("missing")))) {
                schemas(place + " ?" + name, parameter.get("schema"), other.orElseThrow().get("schema"), Sender.CLIENT);
            }
        }
        others.stream().filter(one -> one.path("required").booleanValue(false))
                .filter(one -> known.stream().noneMatch(old -> old.get("name").equals(one.get("name"))
                        && old.path("required").booleanValue(false)))
                .forEach(one -> found.add(place + " ?" + one.get("name").stringValue() + ": is required now"));
    }

    private static List<JsonNode> parameters(ContractDocument document, JsonNode item, JsonNode operation) {
        return Stream.of(item, operation).flatMap(holder -> holder.path("parameters").valueStream()).map(document::resolved).toList();
    }

    private void bodies(String place, JsonNode body, JsonNode other) {
        JsonNode old = last.resolved(body);
        JsonNode now = current.resolved(other);
        if (now.path("required").booleanValue(false) && !old.path("required").booleanValue(false)) {
            found.add(place + ": needs a body now");
        }
        contents(place + " body", old.path("content"), now.path("content"), Sender.CLIENT);
    }

    private void responses(String place, JsonNode responses, JsonNode others) {
        responses.properties().forEach(response -> {
            String status = place + " " + response.getKey();
            if (there(status, others.path(response.getKey()))) {
                contents(status, last.resolved(response.getValue()).path("content"), current.resolved(others.get(response.getKey()))
                        .path("content"), Sender.SERVER);
            }
        });
    }

    private void contents(String place, JsonNode contents, JsonNode others, Sender sender) {
        contents.properties().forEach(content -> {
            if (there(place + " " + content.getKey(), others.path(content.getKey()))) {
                schemas(place, content.getValue().get("schema"), others.get(content.getKey()).get("schema"), sender);
            }
        });
    }

    /** What breaks between two schemas. */
    List<String> inSchemas(JsonNode old, JsonNode now, Sender sender) {
        schemas("schema", old, now, sender);
        return found;
    }

    private void schemas(String place, JsonNode oldNode, JsonNode nowNode, Sender sender) {
        JsonNode old = last.resolved(oldNode);
        JsonNode now = current.resolved(nowNode);
        types(place, old, now, sender);
        if (sender == Sender.CLIENT) {
            values(place, old, now);
            bounds(place, old, now);
        }
        for (String condition : CONDITIONS) {
            if (!old.path(condition).equals(now.path(condition))) {
                found.add(place + ": has another `" + condition + "`");
            }
        }
        fields(place, old, now, sender);
        for (String part : List.of("items", "additionalProperties")) {
            if (old.path(part).isObject() && now.path(part).isObject()) {
                schemas(place + "[]", old.get(part), now.get(part), sender);
            }
        }
    }

    // Without a type a schema allows every value.
    private void types(String place, JsonNode old, JsonNode now, Sender sender) {
        Set<String> before = strings(old.path("type"));
        Set<String> after = strings(now.path("type"));
        boolean same = before.equals(after);
        boolean wider = after.isEmpty() && !now.has("enum") && !now.has("const") || !before.isEmpty() && after.containsAll(before);
        boolean narrower = before.isEmpty() && !old.has("enum") && !old.has("const") || !after.isEmpty() && before.containsAll(after);
        if (!same && !(sender == Sender.CLIENT ? wider : narrower)) {
            found.add(place + ": has another type");
        }
    }

    private void values(String place, JsonNode old, JsonNode now) {
        Set<JsonNode> before = values(old);
        Set<JsonNode> after = values(now);
        if (!after.isEmpty() && (before.isEmpty() || !after.containsAll(before))) {
            found.add(place + ": allows fewer values");
        }
    }

    private void bounds(String place, JsonNode old, JsonNode now) {
        for (String bound : LEAST) {
            if (now.has(bound) && now.get(bound).longValue() > old.path(bound).longValue(Long.MIN_VALUE)) {
                found.add(place + ": `" + bound + "` is greater");
            }
        }
        for (String bound : MOST) {
            if (now.has(bound) && now.get(bound).longValue() < old.path(bound).longValue(Long.MAX_VALUE)) {
                found.add(place + ": `" + bound + "` is smaller");
            }
        }
        for (String form : FORMS) {
            if (now.has(form) && !now.get(form).equals(old.path(form))) {
                found.add(place + ": has another `" + form + "`");
            }
        }
    }

    private void fields(String place, JsonNode old, JsonNode now, Sender sender) {
        JsonNode others = now.path("properties");
        old.path("properties").properties().forEach(field -> {
            if (there(place + "." + field.getKey(), others.path(field.getKey()))) {
                schemas(place + "." + field.getKey(), field.getValue(), others.get(field.getKey()), sender);
            }
        });
        Set<String> before = strings(old.path("required"));
        Set<String> after = strings(now.path("required"));
        if (sender == Sender.CLIENT) {
            after.stream().filter(field -> !before.contains(field)).forEach(field -> found.add(place + "." + field + ": is required now"));
        } else {
            before.stream().filter(field -> !after.contains(field) && others.has(field))
                    .forEach(field -> found.add(place + "." + field + ": may be absent now"));
        }
    }

    private boolean there(String place, JsonNode other) {
        if (other.isMissingNode()) {
            found.add(place + ": was removed");
        }
        return !other.isMissingNode();
    }

    private static Set<JsonNode> values(JsonNode schema) {
        Set<JsonNode> values = new HashSet<>();
        schema.path("enum").forEach(values::add);
        if (schema.has("const")) {
            values.add(schema.get("const"));
        }
        return values;
    }

    private static Set<String> strings(JsonNode node) {
        Set<String> strings = new HashSet<>();
        if (node.isString()) {
            strings.add(node.stringValue());
        }
        node.forEach(one -> strings.add(one.stringValue()));
        return strings;
    }
}
