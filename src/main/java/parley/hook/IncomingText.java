package parley.hook;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import parley.protocol.Codec;
import parley.protocol.Fields;
import parley.protocol.Problem;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The text of a message that another program posts: of {@code {"text"}}, of Slack's shape, or the body itself if it is plain text. Fields
 * that have no text are ignored, because programs that post to Slack send many. Pure.
 *
 * @param problem why it can't be posted; then the text is worthless
 */
record IncomingText(String text, Optional<Problem> problem) {

    /** The most attachments and blocks that are read. */
    static final int MOST = 50;

    private static final String FORM = "payload=";
    private static final Pattern LINK = Pattern.compile("<(https?://[^|>\\s]+)\\|([^>\\n]*)>");
    private static final Pattern TO_ALL = Pattern.compile("<!(channel|here|everyone)(\\|[^>\\n]*)?>");

    /** @param type the Content-Type; may be empty */
    static IncomingText of(String type, String body) {
        String media = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return switch (media) {
            case "text/plain" -> checked(body);
            case "application/x-www-form-urlencoded" -> body.startsWith(FORM) ? decoded(body.substring(FORM.length())) : noObject();
            default -> ofJson(body);
        };
    }

    private static IncomingText decoded(String payload) {
        try {
            return ofJson(URLDecoder.decode(payload, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException malformed) {
            return noObject();
        }
    }

    private static IncomingText ofJson(String body) {
        return Codec.object(body).map(json -> checked(String.join("\n", lines(json)))).orElseGet(IncomingText::noObject);
    }

    private static IncomingText noObject() {
        return new IncomingText("", Optional.of(Problem.badRequest("The body must be one JSON object with `text`, or plain text.")));
    }

    private static IncomingText checked(String text) {
        Fields fields = new Fields(JsonNodeFactory.instance.objectNode().put("text", text.strip()));
        return new IncomingText(fields.text("text", Codec.LONGEST_TEXT), fields.problem());
    }

    private static List<String> lines(ObjectNode json) {
        List<String> lines = new ArrayList<>();
        add(lines, json.path("text"));
        json.path("attachments").valueStream().limit(MOST).forEach(attachment -> addAttachment(lines, attachment));
        if (lines.isEmpty()) {
            json.path("blocks").valueStream().limit(MOST).forEach(block -> add(lines, block.path("text").path("text")));
        }
        return lines;
    }

    private static void addAttachment(List<String> lines, JsonNode attachment) {
        int before = lines.size();
        add(lines, attachment.path("pretext"));
        String title = attachment.path("title").asString("");
        String link = attachment.path("title_link").asString("");
        if (!title.isBlank()) {
            lines.add(link.matches("https?://[^\\s<>|]+") ? link(link, translated(title)) : translated(title));
        }
        add(lines, attachment.path("text"));
        attachment.path("fields").valueStream().limit(MOST).forEach(field -> addField(lines, field));
        if (lines.size() == before) {
            add(lines, attachment.path("fallback"));
        }
    }

    private static void addField(List<String> lines, JsonNode field) {
        String title = field.path("title").asString("");
        String value = field.path("value").asString("");
        if (!value.isBlank()) {
            lines.add(translated(title.isBlank() ? value : title + ": " + value));
        }
    }

    private static void add(List<String> lines, JsonNode text) {
        if (text.isString() && !text.stringValue().isBlank()) {
            lines.add(translated(text.stringValue()));
        }
    }

    // Slack's own notation of links and mentions, and of the three characters that it escapes.
    private static String translated(String text) {
        String linked = LINK.matcher(text).replaceAll(found -> Matcher.quoteReplacement(link(found.group(1), found.group(2))));
        return TO_ALL.matcher(linked).replaceAll("@$1").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    }

    private static String link(String url, String label) {
        return "[" + label.replace("[", "").replace("]", "") + "](" + url.replace(")", "%29") + ")";
    }
}
