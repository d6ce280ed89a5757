package parley.imports;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** From the markup of Slack to Markdown. Pure. */
final class SlackText {

    /** What Slack puts between angle brackets: a person, a channel, a command, or a link. */
    private static final Pattern REFERENCE = Pattern.compile("<([^<>|\\n]{1,4000})(?:\\|([^<>\\n]{0,1000}))?>");
    private static final Pattern BOLD = Pattern.compile("(?<![\\w*])\\*([^*\\n]{1,1000})\\*(?![\\w*])");
    private static final Pattern STRUCK = Pattern.compile("(?<![\\w~])~([^~\\n]{1,1000})~(?![\\w~])");
    private static final Pattern CODE = Pattern.compile("(?s)```.*?```|`[^`\\n]+`");

    private SlackText() {
    }

    /**
     * The text as Markdown.
     *
     * @param mentions gets the ids of the people whom the text names, by what stands for them in the result
     */
    static String markdown(String text, Map<String, String> mentions) {
        StringBuilder markdown = new StringBuilder();
        Matcher code = CODE.matcher(text);
        int from = 0;
        while (code.find()) {
            markdown.append(prose(text.substring(from, code.start()), mentions)).append(unescaped(code.group()));
            from = code.end();
        }
        return markdown.append(prose(text.substring(from), mentions)).toString();
    }

    private static String prose(String text, Map<String, String> mentions) {
        String styled = STRUCK.matcher(BOLD.matcher(text).replaceAll("**$1**")).replaceAll("~~$1~~");
        return unescaped(REFERENCE.matcher(styled)
                .replaceAll(found -> Matcher.quoteReplacement(reference(found.group(1), found.group(2), mentions))));
    }

    private static String reference(String target, String label, Map<String, String> mentions) {
        boolean isLabelled = label != null && !label.isBlank();
        return switch (target.charAt(0)) {
            case '@' -> {
                String person = target.substring(1);
                mentions.put("@" + person, person);
                yield "@" + person;
            }
            case '#' -> "#" + (isLabelled ? label : target.substring(1));
            case '!' -> target.startsWith("!date") || target.startsWith("!subteam") ? isLabelled ? label : target.substring(1)
                    : "@" + target.substring(1);
            default -> !isLabelled || target.endsWith(label) ? target : "[" + label.replace("]", "\\]") + "](" + target + ")";
        };
    }

    private static String unescaped(String text) {
        return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    }
}
