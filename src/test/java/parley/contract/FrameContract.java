package parley.contract;

import com.networknt.schema.Schema;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Checks frames against the AsyncAPI document. The methods return what is wrong, each with its place. Safe for all threads. */
public final class FrameContract {

    private static final FrameContract CURRENT = new FrameContract(ContractDocument.frames(ContractDocument.CURRENT));

    private final ContractDocument document;
    private final Map<String, Schema> commands;
    private final Map<String, Schema> replies;
    private final Map<String, Schema> events;
    private final Map<String, Schema> pushes;
    /** The names of the replies of each command. */
    private final Map<String, List<String>> repliesOf = new HashMap<>();

    FrameContract(ContractDocument document) {
        this.document = document;
        commands = schemas("commands");
        replies = schemas("replies");
        events = schemas("events");
        pushes = schemas("push");
        for (String command : commands.keySet()) {
            repliesOf.put(command, document.root().path("operations").path(command).path("reply").path("messages").valueStream()
                    .map(ContractDocument::nameIn).toList());
        }
    }

    /** The contract of this version. */
    public static FrameContract current() {
        return CURRENT;
    }

    private Map<String, Schema> schemas(String channel) {
        Map<String, Schema> schemas = new LinkedHashMap<>();
        document.root().path("channels").path(channel).path("messages").properties()
                .forEach(message -> schemas.put(message.getKey(), document.schema(message.getValue().get("payload"))));
        return schemas;
    }

    /** The types of all commands. */
    Set<String> commands() {
        return commands.keySet();
    }

    /** The types of all events. */
    Set<String> events() {
        return events.keySet();
    }

    /** The names of the replies of a command. */
    List<String> repliesOf(String command) {
        return repliesOf.get(command);
    }

    /** Checks a frame of a client. */
    public List<String> wrongInCommand(JsonNode frame) {
        return wrong("command", commands, frame);
    }

    /** Checks a frame of the server that is no reply. */
    public List<String> wrongInEvent(JsonNode frame) {
        return wrong("event", events, frame);
    }

    /** Checks the reply to a command of this type; of any type if it is empty. */
    public List<String> wrongInReply(String command, JsonNode frame) {
        boolean refused = frame.has("error");
        List<String> possible = (command.isEmpty() ? List.copyOf(replies.keySet()) : repliesOf.getOrDefault(command, List.of("refused")))
                .stream().filter(name -> name.equals("refused") == refused).toList();
        List<String> wrong = List.of("no reply of this form to `" + command + "` is in the contract");
        for (String name : possible) {
            wrong = ContractDocument.wrong(replies.get(name), frame);
            if (wrong.isEmpty()) {
                return wrong;
            }
        }
        return wrong;
    }

    /** Checks the payload of a Web Push. */
    public List<String> wrongInPush(JsonNode payload) {
        return ContractDocument.wrong(pushes.get(payload.has("withdraw") ? "push.withdrawn" : "push.notified"), payload);
    }

    private static List<String> wrong(String what, Map<String, Schema> schemas, JsonNode frame) {
        Schema schema = schemas.get(frame.path("type").stringValue(""));
        return schema == null ? List.of("no " + what + " `" + frame.path("type").stringValue("") + "` is in the contract")
                : ContractDocument.wrong(schema, frame);
    }
}
