package parley.emoji;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.servlet.ServletContext;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import parley.protocol.TextRules;

/** From the names that Mattermost and Slack give emoji to the emoji, by the data of the page. Safe for every thread. */
@ApplicationScoped
public class EmojiNames {

    private static final String DATA = "/chat/parts/emoji.js";
    // An emoji, its name, its codes and its words, with tabs between. The first line of a group begins with more.
    private static final Pattern LINE = Pattern.compile("(?:  \\['[a-z-]+', `)?([^\\t]+)\\t[^\\t]*\\t([^\\t]+)(?:\\t.*)?");
    private static final Pattern TONE = Pattern.compile("::skin-tone-([2-6])|_(?:(light|medium_light|medium|medium_dark|dark)_skin_tone)");
    private static final Map<String, Integer> TONES = Map.of("light", 0x1f3fb, "medium_light", 0x1f3fc, "medium", 0x1f3fd, "medium_dark",
            0x1f3fe, "dark", 0x1f3ff);
    private static final int FIRST_TONE = 0x1f3fb;
    private static final Pattern CODE = Pattern.compile(":([a-z0-9_+'-]{1,60}(?:::skin-tone-[2-6])?):");

    private volatile Map<String, String> emoji = Map.of();

    void read(@Observes @Initialized(ApplicationScoped.class) ServletContext context) {
        try (InputStream data = context.getResourceAsStream(DATA)) {
            read(data);
        } catch (IOException damaged) {
            throw new IllegalStateException("The WAR lacks " + DATA, damaged);
        }
    }

    /** Reads the data of the page. */
    public void read(InputStream data) throws IOException {
        Map<String, String> read = new HashMap<>();
        BufferedReader lines = new BufferedReader(new InputStreamReader(data, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            Matcher fields = LINE.matcher(line);
            if (fields.matches()) {
                TextRules.emoji(fields.group(1)).ifPresent(one -> {
                    for (String code : fields.group(2).split(" ")) {
                        read.putIfAbsent(code, one);
                    }
                });
            }
        }
        emoji = Map.copyOf(read);
    }

    /** The emoji of a name such as {@code tada} or {@code +1::skin-tone-3}; empty if Unicode has none. */
    public Optional<String> of(String name) {
        Matcher tone = TONE.matcher(name);
        if (!tone.find()) {
            return Optional.ofNullable(emoji.get(name)).or(() -> TextRules.emoji(name));
        }
        int modifier = tone.group(1) != null ? FIRST_TONE + Integer.parseInt(tone.group(1)) - 2 : TONES.get(tone.group(2));
        // The sign that asks for the coloured form does not stand before a tone.
        return Optional.ofNullable(emoji.get(tone.replaceAll("")))
                .flatMap(plain -> TextRules.emoji(plain.replace("\ufe0f", "") + Character.toString(modifier)).or(() -> Optional.of(plain)));
    }

    /** A text with emoji in place of their names between colons, except for code. */
    public String in(String text) {
        if (text.indexOf(':') < 0 || text.indexOf('`') >= 0) {
            return text;
        }
        return CODE.matcher(text).replaceAll(code -> Matcher.quoteReplacement(of(code.group(1)).orElse(code.group())));
    }
}
