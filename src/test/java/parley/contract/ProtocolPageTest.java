package parley.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The site's page "The wire protocol" and the contract name the same commands, events, codes and requests, with the same fields. */
class ProtocolPageTest {

    private static final Path PAGE = Path.of(System.getProperty("basedir", ""), "src/site/markdown/protocol.md");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern FIELD = Pattern.compile("^[a-zA-Z]+");
    private static final Pattern REQUEST = Pattern.compile("([A-Z]+) ([^?]+)(?:\\?(.*))?");
    private static final Pattern QUOTED = Pattern.compile("\"([a-zA-Z]+)\"");

    private final JsonNode frames = ContractDocument.frames(ContractDocument.CURRENT).root();
    private final HttpContract requests = HttpContract.current();
    private final List<String> lines;

    ProtocolPageTest() throws IOException {
        lines = Files.readAllLines(PAGE);
    }

    @Test
    void commandsHaveTheSameFieldsAndReplies() {
        Map<String, List<Set<String>>> page = new HashMap<>();
        for (List<String> row : table("| command |")) {
            names(row.getFirst()).forEach(name -> page.put(name, List.of(fields(row.get(1)), fields(row.get(2)))));
        }
        Map<String, List<Set<String>>> contract = new HashMap<>();
        frames.at("/channels/commands/messages").properties().forEach(command -> contract.put(command.getKey(), List.of(
                without(properties(command.getValue().get("payload")), "type", "id"), okFields(command.getKey()))));
        assertThat(page).isEqualTo(contract);
    }

    private Set<String> okFields(String command) {
        Set<String> fields = new HashSet<>();
        ContractDocument document = ContractDocument.frames(ContractDocument.CURRENT);
        frames.get("operations").get(command).get("reply").get("messages").forEach(reply ->
                fields.addAll(properties(document.resolved(document.resolved(reply).get("payload").get("properties").path("ok")))));
        return fields;
    }

    @Test
    void eventsHaveTheSameFields() {
        Map<String, Set<String>> contract = new HashMap<>();
        Map<String, Set<String>> page = new HashMap<>();
        frames.at("/channels/events/messages").properties().forEach(event -> contract.put(event.getKey(),
                ownFields(properties(event.getValue().get("payload")))));
        for (List<String> row : table("| event |")) {
            names(row.getFirst()).forEach(name -> page.put(name, without(fields(row.get(1)), "room")));
        }
        assertThat(page).isEqualTo(contract);
    }

    // The page says once that events of the log have these.
    private static Set<String> ownFields(Set<String> fields) {
        boolean logged = fields.containsAll(Set.of("offset", "at", "by"));
        return logged ? without(fields, "type", "room", "offset", "at", "by") : without(fields, "type", "room");
    }

    @Test
    void errorCodesAreTheSame() {
        String text = String.join(" ", lines);
        Set<String> page = new HashSet<>(codes(text.substring(text.indexOf("Codes: "), text.indexOf("For a room that the caller"))));
        assertThat(page).isEqualTo(frames.at("/components/schemas/errorCode/enum").valueStream().map(JsonNode::stringValue)
                .collect(Collectors.toSet()));
    }

    @Test
    void closeCodesAreTheSame() {
        Set<String> page = table("| code |").stream().flatMap(row -> Arrays.stream(row.getFirst().split(","))).map(String::strip)
                .collect(Collectors.toSet());
        assertThat(page).isEqualTo(frames.get("x-close-codes").valueStream().map(close -> close.get("code").toString())
                .collect(Collectors.toSet()));
    }

    @Test
    void requestsHaveTheSameParametersAndFields() {
        Map<String, List<Set<String>>> contract = new HashMap<>();
        requests.operations().stream().filter(operation -> operation.contains(" /api/")).forEach(operation -> contract.put(
                operation.replace("/api/", ""), List.of(requests.query(operation), requests.bodyFields(operation))));
        Map<String, List<Set<String>>> page = new HashMap<>();
        for (List<String> row : table("| request |")) {
            List<String> codes = codes(row.getFirst());
            Set<String> body = codes.stream().filter(code -> code.startsWith("{")).flatMap(code -> bodyFields(code).stream())
                    .collect(Collectors.toSet());
            codes.stream().map(REQUEST::matcher).filter(Matcher::matches).forEach(request -> page.put(
                    request.group(1) + " " + request.group(2), List.of(query(request.group(3)), body)));
        }
        assertThat(page).isEqualTo(contract);
    }

    private static Set<String> query(String text) {
        return text == null ? Set.of() : Arrays.stream(text.split("&")).map(pair -> pair.replaceAll("=.*", "")).collect(Collectors.toSet());
    }

    // Without the fields of inner objects.
    private static Set<String> bodyFields(String json) {
        String outer = json.substring(1, json.length() - 1).replaceAll("\\{[^}]*}", "");
        return QUOTED.matcher(outer).results().map(field -> field.group(1)).collect(Collectors.toSet());
    }

    private List<List<String>> table(String header) {
        List<List<String>> rows = lines.stream().dropWhile(line -> !line.startsWith(header)).skip(2)
                .takeWhile(line -> line.startsWith("|")).map(ProtocolPageTest::cells).toList();
        assertThat(rows).as(header).isNotEmpty();
        return rows;
    }

    private static List<String> cells(String row) {
        return Arrays.stream(row.substring(1).split("\\|")).map(String::strip).toList();
    }

    private static List<String> names(String cell) {
        return codes(cell.replaceAll("\\(.*", ""));
    }

    private static Set<String> fields(String cell) {
        return codes(cell).stream().map(FIELD::matcher).filter(Matcher::find).map(Matcher::group).collect(Collectors.toSet());
    }

    private static List<String> codes(String text) {
        return CODE.matcher(text).results().map(code -> code.group(1)).toList();
    }

    private static Set<String> properties(JsonNode schema) {
        return ContractDocument.names(schema.path("properties")).collect(Collectors.toSet());
    }

    private static Set<String> without(Set<String> fields, String... others) {
        Set<String> rest = new HashSet<>(fields);
        rest.removeAll(Set.of(others));
        return rest;
    }
}
