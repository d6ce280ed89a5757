package parley.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** No change breaks the clients of the last version, whose contract is in {@code src/test/resources/contract}. */
class BreakingChangesTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final ContractDocument FRAMES = ContractDocument.frames(ContractDocument.CURRENT);
    private static final ContractDocument REQUESTS = ContractDocument.requests(ContractDocument.CURRENT);
    private static final String CLIENTS_BREAK = "Clients of the last version break. Keep what they use, and name the new form otherwise";

    @Test
    void theFramesBreakNoClientOfTheLastVersion() {
        assertThat(new BreakingChanges(ContractDocument.frames(ContractDocument.LAST), FRAMES).inFrames()).as(CLIENTS_BREAK).isEmpty();
    }

    @Test
    void theRequestsBreakNoClientOfTheLastVersion() {
        assertThat(new BreakingChanges(ContractDocument.requests(ContractDocument.LAST), REQUESTS).inRequests()).as(CLIENTS_BREAK)
                .isEmpty();
    }

    @Test
    void changesOfFramesAreFound(@TempDir Path folder) throws IOException {
        write(folder, ContractDocument.CURRENT, "\"room.removed\": {", "\"room.dropped\": {",
                "\"required\": [\"type\", \"id\", \"room\", \"message\", \"text\"]", "\"required\": [\"type\", \"id\", \"room\", \"text\"]",
                "\"mine\": {", "\"own\": {");
        assertThat(new BreakingChanges(FRAMES, ContractDocument.frames(folder)).inFrames()).contains("events room.removed: was removed",
                "replies page.ok.messages[].reactions[].mine: was removed", "events activity.last.reactions[].mine: was removed");
        assertThat(new BreakingChanges(ContractDocument.frames(folder), FRAMES).inFrames()).contains(
                "commands message.edit.message: is required now");
    }

    @Test
    void changesOfRequestsAreFound(@TempDir Path folder) throws IOException {
        write(folder, ContractDocument.CURRENT, "\"/api/direct\": {", "\"/api/directs\": {",
                "{ \"name\": \"around\", ", "{ \"name\": \"near\", ",
                "\"required\": [\"user\", \"allowed\"]", "\"required\": [\"user\"]", "\"receipts\", \"keywords\"]", "\"receipts\"]",
                "\"204\": {", "\"202\": {");
        assertThat(new BreakingChanges(REQUESTS, ContractDocument.requests(folder)).inRequests()).contains(
                "put /api/direct: was removed", "get /api/rooms/{room}/messages ?around: was removed",
                "get /api/me 200.keywords: may be absent now", "put /api/me/mail 204: was removed");
        assertThat(new BreakingChanges(ContractDocument.requests(folder), REQUESTS).inRequests()).contains(
                "put /api/administration/people/access body.allowed: is required now");
    }

    private static void write(Path to, Path from, String... replacements) throws IOException {
        for (String name : List.of("asyncapi.json", "openapi.json")) {
            String text = Files.readString(from.resolve(name));
            for (int i = 0; i < replacements.length; i += 2) {
                text = text.replace(replacements[i], replacements[i + 1]);
            }
            Files.writeString(to.resolve(name), text);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"type":"string","maxLength":9}             | {"type":"string","maxLength":8}             | CLIENT
            {"type":"string"}                           | {"type":"string","maxLength":8}             | CLIENT
            {"type":"integer","minimum":0}              | {"type":"integer","minimum":1}              | CLIENT
            {"type":"string"}                           | {"type":"string","pattern":"a"}             | CLIENT
            {"type":"string"}                           | {"type":"integer"}                          | CLIENT
            {"type":"string"}                           | {"type":"integer"}                          | SERVER
            {"type":["string","null"]}                  | {"type":"string"}                           | CLIENT
            {"type":"string"}                           | {"type":["string","null"]}                  | SERVER
            {"enum":["a","b"]}                          | {"enum":["a"]}                              | CLIENT
            {"type":"object","properties":{"a":{}}}     | {"type":"object","properties":{}}           | CLIENT
            {"type":"object","properties":{"a":{}}}     | {"type":"object","properties":{}}           | SERVER
            {"properties":{"a":{}}}                     | {"properties":{"a":{}},"required":["a"]}    | CLIENT
            {"properties":{"a":{}},"required":["a"]}    | {"properties":{"a":{}}}                     | SERVER
            {"items":{"enum":["a"]}}                    | {"items":{"enum":["b"]}}                    | CLIENT
            {"properties":{"a":{}}}                     | {"properties":{"a":{}},"not":{}}            | CLIENT
            """)
    void aBreakingSchemaIsFound(String old, String now, BreakingChanges.Sender sender) {
        assertThat(new BreakingChanges(FRAMES, FRAMES).inSchemas(JSON.readTree(old), JSON.readTree(now), sender)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"type":"string","maxLength":8}             | {"type":"string","maxLength":9}             | CLIENT
            {"type":"string","pattern":"a"}             | {"type":"string"}                           | CLIENT
            {"type":"string"}                           | {"type":["string","null"]}                  | CLIENT
            {"type":["string","null"]}                  | {"type":"string"}                           | SERVER
            {"enum":["a"]}                              | {"enum":["a","b"]}                          | CLIENT
            {"enum":["a"]}                              | {"enum":["a","b"]}                          | SERVER
            {"type":"object","properties":{}}           | {"type":"object","properties":{"a":{}}}     | CLIENT
            {"type":"object","properties":{}}           | {"properties":{"a":{}},"type":"object","required":["a"]} | SERVER
            """)
    void aSchemaThatOnlyAddsBreaksNothing(String old, String now, BreakingChanges.Sender sender) {
        assertThat(new BreakingChanges(FRAMES, FRAMES).inSchemas(JSON.readTree(old), JSON.readTree(now), sender)).isEmpty();
    }
}
