package parley.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlashFramesTest {

    private static final String BUTTON = "{\"action\":\"go\",\"label\":\"Go\"}";
    private static final Form FORM = new Form(List.of(
            new Form.Field("target", "Where to", Form.Kind.CHOICE, List.of("Staging", "Production"), true),
            new Form.Field("title", "Title", Form.Kind.LINE, List.of(), false),
            new Form.Field("note", "Note", Form.Kind.TEXT, List.of(), false)),
            List.of(new Form.Button("go", "Deploy", "primary"), new Form.Button("cancel", "Cancel", "")));

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "{\"buttons\":[]} | A form needs a button.",
            "{\"fields\":[]} | A form needs a button.",
            "{\"buttons\":[{\"action\":\"a b\",\"label\":\"Go\"}]} | `action` must be 1 to 64 letters, digits, _ or -.",
            "{\"buttons\":[{\"action\":\"go\",\"label\":\"\"}]} | `label` must not be empty.",
            "{\"buttons\":[{\"action\":\"go\",\"label\":\"Go\",\"style\":\"red\"}]} | `style` must be primary or danger.",
            "{\"buttons\":[{\"action\":\"go\",\"label\":\"Go\",\"url\":\"x\"}]} | Unknown field `url`.",
            "{\"buttons\":[" + BUTTON + "," + BUTTON + "]} | Two fields or buttons of a form can't have one name.",
            "{\"buttons\":[" + BUTTON + "],\"fields\":[{\"name\":\"n\",\"label\":\"N\",\"kind\":\"date\"}]} | `kind` must be line, text or choice.",
            "{\"buttons\":[" + BUTTON + "],\"fields\":[{\"name\":\"n\",\"label\":\"N\",\"kind\":\"choice\"}]}"
                    + " | A choice needs `options`, and other kinds have none.",
            "{\"buttons\":[" + BUTTON + "],\"fields\":[{\"name\":\"n\",\"label\":\"N\",\"kind\":\"line\",\"options\":[\"a\"]}]}"
                    + " | A choice needs `options`, and other kinds have none.",
            "[] | `form` must be an object."})
    void aFormThatIsWrongIsRefused(String form, String why) {
        assertThat(problem("{\"id\":1,\"type\":\"slash.answer\",\"call\":\"c\",\"text\":\"t\",\"form\":" + form + "}")).isEqualTo(why);
    }

    @Test
    void aFormIsBounded() {
        assertThat(problem(answer(buttons(Form.MOST_BUTTONS + 1, "b")))).isEqualTo("`buttons` has more than 10 entries.");
        assertThat(decoded(answer(buttons(Form.MOST_BUTTONS, "b")))).isInstanceOf(SlashCommand.Answer.class);
        String options = IntStream.range(0, Form.MOST_OPTIONS).mapToObj(i -> "\"" + i + "x".repeat(70) + "\"")
                .collect(Collectors.joining(","));
        String fields = IntStream.range(0, 5).mapToObj(i -> "{\"name\":\"n" + i + "\",\"label\":\"N\",\"kind\":\"choice\",\"options\":["
                + options + "]}").collect(Collectors.joining(","));
        assertThat(problem(answer("{\"fields\":[" + fields + "],\"buttons\":[" + BUTTON + "]}")))
                .isEqualTo("A form has at most 8000 characters of JSON.");
    }

    @Test
    void aFormIsReadAsItIsWritten() {
        SlashCommand.Answer answer = (SlashCommand.Answer) decoded(answer(FORM.json()));

        assertThat(answer.form()).contains(FORM);
        assertThat(Form.of(FORM.json())).isEqualTo(FORM);
    }

    @Test
    void aMessageKeepsItsFormInTheLogUntilItIsDeleted() {
        MessageChange.Posted posted = new MessageChange.Posted("t", "k", 0, false, List.of(), false, false, List.of(), Optional.of(FORM));
        RoomEvent event = new RoomEvent("r", 3, Instant.EPOCH, new User("service:b", "B"), posted);

        assertThat(Codec.decodeEvent(Codec.encode(event).text()).change()).isEqualTo(posted);
        assertThat(((MessageChange.Posted) posted.redacted()).form()).isEmpty();
    }

    @Test
    void aPressNeedsAButtonAndValuesThatTheFormAllows() {
        assertThat(refused("delete", Map.of("target", "Staging"))).isEqualTo("There is no such button any more.");
        assertThat(refused("go", Map.of())).isEqualTo("`target` must not be empty.");
        assertThat(refused("go", Map.of("target", "Elsewhere"))).isEqualTo("`target` must be one of the options.");
        assertThat(refused("go", Map.of("target", "Staging", "title", "two\nlines")))
                .isEqualTo("`title` must be one line of at most 200 characters.");
        assertThat(refused("go", Map.of("target", "Staging", "title", "x".repeat(Form.LONGEST_LINE + 1))))
                .isEqualTo("`title` must be one line of at most 200 characters.");
        assertThat(refused("go", Map.of("target", "Staging", "note", "x".repeat(Form.LONGEST_VALUE + 1))))
                .isEqualTo("`note` must have at most 2000 characters.");
        assertThat(refused("go", Map.of("target", "Staging", "admin", "yes")))
                .isEqualTo("`values` has a name that is no field of the form.");
        assertThat(refused("go", Map.of("target", "Staging", "note", "two\nlines"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "{\"id\":1,\"type\":\"slash.register\"} | `commands` must be a list of objects.",
            "{\"id\":1,\"type\":\"slash.register\",\"commands\":[{\"name\":\"Deploy\",\"description\":\"d\"}]} | `name` must be a lower-case "
                    + "letter, and up to 31 letters, digits, _ or - after it.",
            "{\"id\":1,\"type\":\"slash.register\",\"commands\":[{\"name\":\"d\",\"description\":\"\"}]} | `description` must not be empty.",
            "{\"id\":1,\"type\":\"slash.register\",\"commands\":[{\"name\":\"d\",\"description\":\"d\",\"rooms\":[\"a b\"]}]} | `rooms` must be "
                    + "ids of rooms.",
            "{\"id\":1,\"type\":\"slash.register\",\"commands\":[{\"name\":\"d\",\"description\":\"d\",\"run\":1}]} | Unknown field `run`.",
            "{\"id\":1,\"type\":\"slash.register\",\"commands\":[{\"name\":\"d\",\"description\":\"d\"},{\"name\":\"d\",\"description\":\"e\"}]}"
                    + " | Two slash commands can't have one name.",
            "{\"id\":1,\"type\":\"slash.press\",\"room\":\"r\",\"action\":\"a\"} | Name either the `message` or the `call` of the answer.",
            "{\"id\":1,\"type\":\"slash.press\",\"room\":\"r\",\"action\":\"a\",\"message\":1,\"call\":\"c\"} | Name either the `message` or the "
                    + "`call` of the answer.",
            "{\"id\":1,\"type\":\"slash.press\",\"room\":\"r\",\"action\":\"a\",\"message\":1,\"values\":{\"n\":1}} | `values` has an entry that is no "
                    + "text of at most 2000 characters.",
            "{\"id\":1,\"type\":\"slash.press\",\"room\":\"r\",\"action\":\"a\",\"message\":1,\"values\":[]} | `values` must be an object of at most "
                    + "10 strings."})
    void aCommandThatIsWrongIsRefused(String frame, String why) {
        assertThat(problem(frame)).isEqualTo(why);
    }

    @Test
    void aPressHasAtMostAsManyValuesAsAFormHasFields() {
        Map<String, String> values = new HashMap<>();
        IntStream.rangeClosed(0, Form.MOST_FIELDS).forEach(i -> values.put("n" + i, "v"));
        String json = values.keySet().stream().map(name -> "\"" + name + "\":\"v\"").collect(Collectors.joining(","));

        assertThat(problem("{\"id\":1,\"type\":\"slash.press\",\"room\":\"r\",\"action\":\"a\",\"message\":1,\"values\":{" + json + "}}"))
                .isEqualTo("`values` must be an object of at most 10 strings.");
    }

    @Test
    void aBotOffersItsCommands() {
        assertThat(decoded("{\"id\":1,\"type\":\"slash.register\",\"commands\":[{\"name\":\"deploy\",\"description\":\"Deploys\","
                + "\"hint\":\"version\",\"rooms\":[\"r\"]},{\"name\":\"undo\",\"description\":\"Undoes\"}]}"))
                .isEqualTo(new SlashCommand.Register(1, List.of(new Slash("deploy", "Deploys", "version", List.of("r")),
                        new Slash("undo", "Undoes", "", List.of()))));
    }

    private static String refused(String action, Map<String, String> values) {
        return FORM.refusal(action, values).map(Problem::message).orElse("");
    }

    private static String answer(String form) {
        return "{\"id\":1,\"type\":\"slash.answer\",\"call\":\"c\",\"text\":\"t\",\"form\":" + form + "}";
    }

    private static String buttons(int count, String name) {
        return IntStream.range(0, count).mapToObj(i -> "{\"action\":\"" + name + i + "\",\"label\":\"Go\"}")
                .collect(Collectors.joining(",", "{\"buttons\":[", "]}"));
    }

    private static Inbound decoded(String frame) {
        return Codec.decode(frame);
    }

    private static String problem(String frame) {
        return Codec.decode(frame) instanceof BrokenFrame broken ? broken.problem().message() : "";
    }
}
