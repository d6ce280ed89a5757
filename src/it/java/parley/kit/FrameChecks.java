package parley.kit;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import parley.contract.FrameContract;
import parley.contract.Violations;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Checks the frames of one socket against the contract: every event and reply, and every command that the server accepts. Of long
 * conversations it checks a sample. Violations fail the running test ({@link ContractCheck}). Safe for all threads.
 */
public final class FrameChecks {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int ALL = 2_000;
    private static final int SAMPLE = 50;

    private final FrameContract contract = FrameContract.current();
    /** The commands without a reply, by id. */
    private final Map<Long, JsonNode> commands = new ConcurrentHashMap<>();
    private volatile int seen;

    /** Remembers a command until its reply. Tests also send what is no command. */
    public void sent(String frame) {
        try {
            JsonNode command = JSON.readTree(frame);
            if (command.path("id").canConvertToLong() && command.path("type").isString()) {
                commands.put(command.get("id").longValue(), command);
            }
        } catch (JacksonException notJson) {
            // The server refuses it.
        }
    }

    /** Checks a frame of the server. For one thread at a time. */
    public void received(JsonNode frame) {
        JsonNode command = frame.path("re").isNumber() ? commands.remove(frame.get("re").longValue()) : null;
        seen++;
        if (seen > ALL && seen % SAMPLE != 0) {
            return;
        }
        if (!frame.has("re")) {
            Violations.add(contract.wrongInEvent(frame), frame);
        } else {
            Violations.add(contract.wrongInReply(command == null ? "" : command.get("type").stringValue(), frame), frame);
            if (command != null && frame.has("ok")) {
                Violations.add(contract.wrongInCommand(command), command);
            }
        }
    }
}
