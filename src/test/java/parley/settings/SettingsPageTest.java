package parley.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The settings page has the tables of the declared settings. */
class SettingsPageTest {

    private static final Path PAGE = Path.of(System.getProperty("basedir", ""), "src/site/markdown/settings.md");
    private static final String COMMAND = "mvn test -Dtest=SettingsPageTest -Dparley.settings.write=true";
    private static final String BEGIN = "<!-- settings: generated from parley.settings.Settings, see SettingsPageTest -->\n\n";
    private static final String END = "<!-- /settings -->";

    @Test
    void hasTheDeclaredSettings() throws IOException {
        String page = Files.readString(PAGE);
        assertThat(page).containsOnlyOnce(BEGIN).containsOnlyOnce(END);
        String generated = page.substring(0, page.indexOf(BEGIN)) + BEGIN + tables() + page.substring(page.indexOf(END));
        if (Boolean.getBoolean("parley.settings.write")) {
            Files.writeString(PAGE, generated);
        } else {
            assertThat(page).withFailMessage("%s differs from the declared settings. Write it with: %s", PAGE, COMMAND)
                    .isEqualTo(generated);
        }
    }

    private static String tables() {
        return Settings.declared().entrySet().stream().map(SettingsPageTest::table).collect(Collectors.joining());
    }

    private static String table(Map.Entry<String, List<Setting<?>>> topic) {
        return "## " + topic.getKey() + "\n\n| setting | default | allowed | what it does |\n|---|---|---|---|\n"
                + topic.getValue().stream().map(SettingsPageTest::row).collect(Collectors.joining()) + "\n";
    }

    private static String row(Setting<?> setting) {
        return "| `%s` | %s | %s | %s |\n"
                .formatted(setting.key(), setting.shownDefault(), setting.values().shown(), setting.consequence());
    }
}
