package parley.contract;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A document of the contract. Its references are absolute, and objects that don't say otherwise have no further fields. Immutable, except
 * for a cache; safe for all threads.
 */
final class ContractDocument {

    /** The documents of this version. */
    static final Path CURRENT = Path.of(System.getProperty("basedir", ""), "src/main/webapp/protocol");
    /** The documents of the last version, which clients in use were written for. */
    static final Path LAST = Path.of(System.getProperty("basedir", ""), "src/test/resources/contract");

    private static final String FRAMES = "asyncapi.json";
    private static final String REQUESTS = "openapi.json";
    private static final String HOME = "https://contract.invalid/";
    private static final JsonMapper JSON = new JsonMapper();

    private final Map<String, JsonNode> documents = new HashMap<>();
    private final JsonNode root;
    private final SchemaRegistry schemas;

    private ContractDocument(Path folder, String name, SpecificationVersion dialect) {
        Map<String, String> texts = new HashMap<>();
        for (String document : List.of(FRAMES, REQUESTS)) {
            JsonNode json = closed(read(folder.resolve(document)), HOME + document);
            documents.put(HOME + document, json);
            // Only the schemas: the validator takes other parts of the document for keywords.
            texts.put(HOME + document, JSON.writeValueAsString(Map.of("components", Map.of("schemas", json.at("/components/schemas")))));
        }
        root = documents.get(HOME + name);
        schemas = SchemaRegistry.withDefaultDialect(dialect, builder -> builder.schemas(texts));
    }

    /** The frames. AsyncAPI's own schemas are JSON Schema draft 7. */
    static ContractDocument frames(Path folder) {
        return new ContractDocument(folder, FRAMES, SpecificationVersion.DRAFT_7);
    }

    /** The requests. The schemas of OpenAPI 3.1 are JSON Schema 2020-12. */
    static ContractDocument requests(Path folder) {
        return new ContractDocument(folder, REQUESTS, SpecificationVersion.DRAFT_2020_12);
    }

    /** The document. */
    JsonNode root() {
        return root;
    }

    /** What a reference leads to, or the node itself. */
    JsonNode resolved(JsonNode node) {
        JsonNode found = node;
        while (found.path("$ref").isString()) {
            String[] reference = found.get("$ref").stringValue().split("#", 2);
            found = documents.get(reference[0]).at(reference[1]);
        }
        if (found.isMissingNode() && node.has("$ref")) {
            throw new IllegalStateException("The contract has no " + node.get("$ref") + ".");
        }
        return found;
    }

    /** The last part of a reference: the name of what it leads to. */
    static String nameIn(JsonNode reference) {
        return reference.get("$ref").stringValue().replaceAll(".*/", "");
    }

    /** The compiled schema of this node of the document. */
    Schema schema(JsonNode node) {
        return schemas.getSchema(node);
    }

    /** What is wrong with a value, each with its place; empty if the value is valid. */
    static List<String> wrong(Schema schema, JsonNode value) {
        List<Error> errors = schema.validate(value);
        return errors.isEmpty() ? List.of() : errors.stream().map(Error::toString).toList();
    }

    /** The names of an object's fields. */
    static Stream<String> names(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey);
    }

    private static JsonNode read(Path file) {
        try {
            return JSON.readTree(Files.readString(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static JsonNode closed(JsonNode node, String document) {
        if (node instanceof ObjectNode object) {
            if (object.path("properties").isObject() && !object.has("additionalProperties")) {
                object.put("additionalProperties", false);
            }
            if (object.path("$ref").isString()) {
                String reference = object.get("$ref").stringValue();
                object.put("$ref", (reference.startsWith("#") ? document : HOME) + reference);
            }
        }
        node.valueStream().forEach(child -> closed(child, document));
        return node;
    }
}
