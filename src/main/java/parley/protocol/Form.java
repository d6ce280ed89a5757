package parley.protocol;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a bot lets people fill in and press below a message: at most {@value #MOST_FIELDS} fields and 1 to {@value #MOST_BUTTONS} buttons.
 * All texts are plain texts. An immutable value.
 */
public record Form(List<Field> fields, List<Button> buttons) {

    public static final int MOST_FIELDS = 10;
    public static final int MOST_BUTTONS = 10;
    public static final int MOST_OPTIONS = 25;
    /** The most characters of a label, an option or a hint. */
    public static final int LONGEST_LABEL = 80;
    /** The most characters of a value of kind {@link Kind#LINE}. */
    public static final int LONGEST_LINE = 200;
    /** The most characters of a value of kind {@link Kind#TEXT}. */
    public static final int LONGEST_VALUE = 2_000;
    /** The most characters of the JSON of a form. */
    public static final int LARGEST = 8_000;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    /** What people enter. */
    public enum Kind {
        /** One line. */
        LINE,
        /** Several lines. */
        TEXT,
        /** One of the options. */
        CHOICE;

        /** The name on the wire. */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Optional<Kind> of(String wire) {
            return Stream.of(values()).filter(kind -> kind.wire().equals(wire)).findFirst();
        }
    }

    /**
     * What people fill in.
     *
     * @param name names the value for the bot
     * @param options of a choice; empty otherwise
     * @param required whether a press without a value is refused
     */
    public record Field(String name, String label, Kind kind, List<String> options, boolean required) {}

    /**
     * What people press.
     *
     * @param action names the button for the bot
     * @param style how it looks: {@code primary}, {@code danger}, or empty
     */
    public record Button(String action, String label, String style) {}

    /** Reads the field {@code form}; empty without one. What is wrong with it is said to these fields. */
    static Optional<Form> read(Fields from) {
        if (!from.has("form")) {
            return Optional.empty();
        }
        Fields json = from.object("form");
        List<Field> fields = new ArrayList<>();
        json.objects("fields", MOST_FIELDS).forEach(field -> fields.add(field(field, json)));
        List<Button> buttons = new ArrayList<>();
        json.objects("buttons", MOST_BUTTONS).forEach(button -> buttons.add(button(button, json)));
        Form form = new Form(List.copyOf(fields), List.copyOf(buttons));
        Optional<Problem> problem = json.problem().or(form::fault);
        problem.ifPresent(from::wrong);
        return problem.isPresent() ? Optional.empty() : Optional.of(form);
    }

    private static Field field(Fields json, Fields form) {
        String name = name(json, "name");
        String label = json.line("label", LONGEST_LABEL);
        Optional<Kind> kind = Kind.of(json.string("kind"));
        if (kind.isEmpty()) {
            json.wrong(Problem.badRequest("`kind` must be line, text or choice."));
        }
        List<String> options = json.lines("options", MOST_OPTIONS, LONGEST_LABEL);
        if (kind.filter(Kind.CHOICE::equals).isPresent() == options.isEmpty()) {
            json.wrong(Problem.badRequest("A choice needs `options`, and other kinds have none."));
        }
        boolean required = json.flag("required", false);
        json.problem().ifPresent(form::wrong);
        return new Field(name, label, kind.orElse(Kind.LINE), options, required);
    }

    private static Button button(Fields json, Fields form) {
        String action = name(json, "action");
        String label = json.line("label", LONGEST_LABEL);
        String style = json.has("style") ? json.string("style") : "";
        if (!Set.of("", "primary", "danger").contains(style)) {
            json.wrong(Problem.badRequest("`style` must be primary or danger."));
        }
        json.problem().ifPresent(form::wrong);
        return new Button(action, label, style);
    }

    private static String name(Fields json, String field) {
        String name = json.string(field);
        if (!NAME.matcher(name).matches()) {
            json.wrong(Problem.badRequest("`" + field + "` must be 1 to 64 letters, digits, _ or -."));
        }
        return name;
    }

    private Optional<Problem> fault() {
        if (buttons.isEmpty()) {
            return Optional.of(Problem.badRequest("A form needs a button."));
        }
        if (hasTwice(fields.stream().map(Field::name)) || hasTwice(buttons.stream().map(Button::action))) {
            return Optional.of(Problem.badRequest("Two fields or buttons of a form can't have one name."));
        }
        return json().length() > LARGEST ? Optional.of(Problem.tooLarge("A form has at most " + LARGEST + " characters of JSON."))
                : Optional.empty();
    }

    private static boolean hasTwice(Stream<String> names) {
        Set<String> seen = new HashSet<>();
        return !names.allMatch(seen::add);
    }

    /** What is wrong with pressing a button with these values, by the name of their field. */
    public Optional<Problem> refusal(String action, Map<String, String> values) {
        if (buttons.stream().noneMatch(button -> button.action().equals(action))) {
            return Optional.of(Problem.conflict("There is no such button any more."));
        }
        Map<String, String> left = new HashMap<>(values);
        for (Field field : fields) {
            String value = left.remove(field.name());
            Optional<String> wrong = wrong(field, value == null ? "" : value);
            if (wrong.isPresent()) {
                return Optional.of(Problem.badRequest("`" + field.name() + "` " + wrong.get()));
            }
        }
        return left.isEmpty() ? Optional.empty() : Optional.of(Problem.badRequest("`values` has a name that is no field of the form."));
    }

    private static Optional<String> wrong(Field field, String value) {
        if (value.isBlank()) {
            return field.required() ? Optional.of("must not be empty.") : Optional.empty();
        }
        return switch (field.kind()) {
            case CHOICE -> field.options().contains(value) ? Optional.empty() : Optional.of("must be one of the options.");
            case LINE -> TextRules.isLongerThan(LONGEST_LINE, value) || TextRules.hasControls(value)
                    ? Optional.of("must be one line of at most " + LONGEST_LINE + " characters.") : Optional.empty();
            case TEXT -> TextRules.isLongerThan(LONGEST_VALUE, value)
                    ? Optional.of("must have at most " + LONGEST_VALUE + " characters.") : Optional.empty();
        };
    }

    /** The form as JSON, as {@link #of} reads it. */
    public String json() {
        return Codec.encodeForm(this);
    }

    /** The form of this JSON, which {@link #json} wrote. */
    public static Form of(String json) {
        return Codec.object(json).map(Form::stored).orElseThrow(() -> new IllegalArgumentException("not the JSON of a form"));
    }

    /** The form in the frame of a message; empty without one. */
    static Optional<Form> read(ObjectNode frame) {
        return frame.get("form") instanceof ObjectNode form ? Optional.of(stored(form)) : Optional.empty();
    }

    private static Form stored(ObjectNode form) {
        return new Form(form.path("fields").valueStream().map(Form::storedField).toList(),
                form.path("buttons").valueStream().map(button -> new Button(button.path("action").stringValue(""),
                        button.path("label").stringValue(""), button.path("style").stringValue(""))).toList());
    }

    private static Field storedField(JsonNode field) {
        return new Field(field.path("name").stringValue(""), field.path("label").stringValue(""),
                Kind.of(field.path("kind").stringValue("")).orElse(Kind.LINE),
                field.path("options").valueStream().map(JsonNode::stringValue).toList(), field.path("required").booleanValue(false));
    }

    /** Writes the field {@code form}, if there is a form. */
    static void write(JsonGenerator json, Optional<Form> form) {
        form.ifPresent(there -> {
            json.writeName("form");
            write(json, there);
        });
    }

    static void write(JsonGenerator json, Form form) {
        json.writeStartObject();
        if (!form.fields.isEmpty()) {
            json.writeArrayPropertyStart("fields");
            form.fields.forEach(field -> write(json, field));
            json.writeEndArray();
        }
        json.writeArrayPropertyStart("buttons");
        form.buttons.forEach(button -> write(json, button));
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Field field) {
        json.writeStartObject();
        json.writeStringProperty("name", field.name());
        json.writeStringProperty("label", field.label());
        json.writeStringProperty("kind", field.kind().wire());
        FrameWriter.strings(json, "options", field.options());
        FrameWriter.flag(json, "required", field.required());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Button button) {
        json.writeStartObject();
        json.writeStringProperty("action", button.action());
        json.writeStringProperty("label", button.label());
        if (!button.style().isEmpty()) {
            json.writeStringProperty("style", button.style());
        }
        json.writeEndObject();
    }
}
