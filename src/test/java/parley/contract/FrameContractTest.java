package parley.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import parley.protocol.BrokenFrame;
import parley.protocol.Change;
import parley.protocol.CloseCode;
import parley.protocol.Codec;
import parley.protocol.Command;
import parley.protocol.ErrorCode;
import parley.protocol.Feature;
import parley.protocol.Level;
import parley.protocol.Role;
import parley.protocol.RoomKind;
import parley.protocol.Why;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The examples, the code and the AsyncAPI document agree, and a frame that differs is found. */
class FrameContractTest {

    private static final Path EXAMPLES = ContractDocument.CURRENT.resolve("examples");
    private static final JsonMapper JSON = new JsonMapper();
    private static final ContractDocument DOCUMENT = ContractDocument.frames(ContractDocument.CURRENT);
    private static final Map<String, JsonNode> GOLDEN = new TreeMap<>();

    private final FrameContract contract = FrameContract.current();

    @BeforeAll
    static void readExamples() throws IOException {
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            for (Path file : files.toList()) {
                GOLDEN.put(file.getFileName().toString(), JSON.readTree(Files.readString(file)));
            }
        }
    }

    @Test
    void everyExampleFollowsTheContract() {
        List<String> wrong = new ArrayList<>();
        GOLDEN.forEach((name, example) -> {
            if (example.has("command")) {
                wrong.addAll(contract.wrongInCommand(example.get("command")));
            }
            String command = example.path("command").path("type").stringValue("");
            example.path("replies").forEach(reply -> wrong.addAll(contract.wrongInReply(command, reply)));
            example.path("events").forEach(event -> wrong.addAll(contract.wrongInEvent(event)));
        });
        assertThat(wrong).isEmpty();
    }

    @Test
    void everyCommandReplyAndEventHasAnExample() {
        Set<String> commands = new HashSet<>();
        Set<String> replies = new HashSet<>();
        Set<String> events = new HashSet<>();
        GOLDEN.values().forEach(example -> {
            String command = example.path("command").path("type").stringValue("");
            commands.add(command);
            example.path("replies").forEach(reply -> replies.add(command + (reply.has("ok") ? " ok" : " refused")));
            example.path("events").forEach(event -> events.add(event.get("type").stringValue()));
        });
        commands.remove("");
        assertThat(commands).isEqualTo(contract.commands());
        assertThat(events).isEqualTo(contract.events());
        assertThat(replies).containsAll(contract.commands().stream().filter(command -> !command.equals("typing"))
                .map(command -> command + " ok").toList());
    }

    @Test
    void theContractHasExactlyTheCommandsAndLoggedEventsOfTheCode() {
        assertThat(types(Command.class)).isEqualTo(contract.commands());
        assertThat(contract.events()).containsAll(types(Change.class));
    }

    private static Set<String> types(Class<?> family) {
        Set<String> types = new HashSet<>();
        for (Class<?> member : family.getPermittedSubclasses()) {
            if (member.isSealed()) {
                types.addAll(types(member));
            } else {
                types.add(typeOf(member));
            }
        }
        return types;
    }

    private static String typeOf(Class<?> member) {
        try {
            Field type = member.getField("TYPE");
            return (String) type.get(null);
        } catch (ReflectiveOperationException missing) {
            throw new AssertionError(member + " has no TYPE", missing);
        }
    }

    // A field that the server does not know is refused by its name.
    @Test
    void theServerKnowsEveryFieldOfEveryCommand() {
        List<String> unknown = new ArrayList<>();
        GOLDEN.values().stream().filter(example -> example.has("command")).map(example -> example.get("command")).forEach(command -> {
            String type = command.get("type").stringValue();
            ContractDocument.names(payload("commands", type).get("properties")).forEach(field -> {
                ObjectNode changed = ((ObjectNode) command.deepCopy()).put(field, field.equals("type") ? type : "?");
                if (Codec.decode(changed.toString()) instanceof BrokenFrame broken
                        && broken.problem().message().startsWith("Unknown field")) {
                    unknown.add(type + " " + field);
                }
            });
        });
        assertThat(unknown).isEmpty();
    }

    @Test
    void closedSetsOfValuesAreThoseOfTheCode() {
        assertThat(values("errorCode")).containsExactlyElementsOf(wire(ErrorCode.values()));
        assertThat(values("feature")).containsExactlyElementsOf(wire(Feature.values()));
        assertThat(values("why")).containsExactlyElementsOf(wire(Why.values()));
        assertThat(values("level")).containsExactlyElementsOf(wire(Level.values()));
        assertThat(values("role")).containsExactlyElementsOf(wire(Role.values()));
        assertThat(values("kind")).containsExactlyElementsOf(wire(RoomKind.values()));
    }

    @Test
    void closeCodesAreThoseOfTheExampleAndTheCode() {
        List<String> listed = closes(DOCUMENT.root().get("x-close-codes"));
        assertThat(listed).isEqualTo(closes(GOLDEN.get("closing.json")));
        assertThat(listed.stream().map(close -> close.replaceAll(" .*", "")).toList())
                .containsAll(Stream.of(CloseCode.values()).map(close -> String.valueOf(close.code())).toList());
    }

    private static List<String> closes(JsonNode list) {
        return list.valueStream().map(close -> close.get("code") + " " + close.get("client").stringValue()).toList();
    }

    @ParameterizedTest
    @MethodSource("events")
    void anExtraFieldInAnyObjectOfAnEventIsFound(JsonNode event) {
        assertThat(contract.wrongInEvent(event)).isEmpty();
        for (ObjectNode object : objects(event)) {
            object.put("planted", 1);
            assertThat(contract.wrongInEvent(event)).as("%s", event).isNotEmpty();
            object.remove("planted");
        }
    }

    static Stream<JsonNode> events() throws IOException {
        if (GOLDEN.isEmpty()) {
            readExamples();
        }
        return GOLDEN.values().stream().flatMap(example -> example.path("events").valueStream()).map(JsonNode::deepCopy);
    }

    // The keys of reactions are emoji: any key is allowed there.
    private static List<ObjectNode> objects(JsonNode node) {
        List<ObjectNode> objects = new ArrayList<>();
        if (node instanceof ObjectNode object) {
            objects.add(object);
        }
        node.properties().stream().filter(field -> !field.getKey().equals("reactions"))
                .forEach(field -> objects.addAll(objects(field.getValue())));
        return objects;
    }

    @Test
    void anExtraFieldInAReplyIsFound() {
        assertThat(contract.wrongInReply("ping", JSON.readTree("{\"re\":1,\"ok\":{}}"))).isEmpty();
        assertThat(contract.wrongInReply("ping", JSON.readTree("{\"re\":1,\"ok\":{\"planted\":1}}"))).isNotEmpty();
        assertThat(contract.wrongInReply("ping", JSON.readTree("{\"re\":1,\"ok\":{},\"planted\":1}"))).isNotEmpty();
        assertThat(contract.wrongInReply("", JSON.readTree("{\"re\":1,\"ok\":{\"planted\":1}}"))).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"type":"room.removed"}
            {"type":"room.removed","room":7}
            {"type":"room.removed","room":"a/b"}
            {"type":"room.opened","room":"a"}
            {"type":"typing","room":"a","by":{"id":"bob"},"on":true}
            {"type":"member.left","room":"a","offset":1,"at":"2026-03-02T09:20:00Z","by":{"id":"b","name":"B"},"user":{"id":"b","name":"B"}}
            {"type":"withdrawn"}
            {"type":"withdrawn","upto":1,"ids":[1]}
            {"room":"a"}
            """)
    void aFrameThatLacksSomethingOrHasAnotherTypeIsFound(String frame) {
        assertThat(contract.wrongInEvent(JSON.readTree(frame))).isNotEmpty();
    }

    @Test
    void aReplyOfAnotherCommandIsFound() {
        JsonNode stored = JSON.readTree("{\"re\":1,\"ok\":{\"offset\":4}}");
        assertThat(contract.wrongInReply("room.join", stored)).isEmpty();
        assertThat(contract.wrongInReply("", stored)).isEmpty();
        assertThat(contract.wrongInReply("message.post", stored)).isNotEmpty();
        assertThat(contract.wrongInReply("no.such", stored)).isNotEmpty();
    }

    @Test
    void aCommandWithAnUnknownFieldIsFound() {
        assertThat(contract.wrongInCommand(JSON.readTree("{\"id\":1,\"type\":\"ping\",\"planted\":1}"))).isNotEmpty();
        assertThat(contract.wrongInCommand(JSON.readTree("{\"id\":1,\"type\":\"message.post\",\"room\":\"a\",\"key\":\"k\",\"text\":\"t\","
                + "\"also\":true}"))).as("also needs thread").isNotEmpty();
    }

    @Test
    void violationsFailOnce() {
        Violations.add(List.of(), "fine");
        Violations.failIfAny();
        Violations.add(List.of("wrong"), "frame");
        assertThat(org.assertj.core.api.Assertions.catchThrowable(Violations::failIfAny)).isInstanceOf(AssertionError.class)
                .hasMessageContaining("wrong").hasMessageContaining("frame");
        Violations.failIfAny();
    }

    private static List<String> wire(Enum<?>... values) {
        return Stream.of(values).map(value -> value.name().toLowerCase(Locale.ROOT)).toList();
    }

    private static List<String> values(String schema) {
        return DOCUMENT.root().at("/components/schemas/" + schema + "/enum").valueStream().map(JsonNode::stringValue).toList();
    }

    private static JsonNode payload(String channel, String message) {
        return DOCUMENT.root().get("channels").get(channel).get("messages").get(message).get("payload");
    }
}
