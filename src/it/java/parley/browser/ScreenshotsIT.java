package parley.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.kit.ChatClient;
import parley.kit.Http;

/**
 * Pictures of a room with every kind of formatting, in {@code target/screenshots}, for people to look at. Nothing may be wider than
 * the page.
 */
class ScreenshotsIT {

    private static final Path FOLDER = Path.of(System.getProperty("basedir", ""), "target/screenshots");
    private static final List<String> BY_BOB = List.of("""
            # Release notes
            The **new build** is _ready_. ~~Friday~~ Monday it is: see [the plan](https://wiki.example.com/plan),
                    \
            or write to release@example.com.

            - [x] schema 22
            - [ ] rehearsal with `asadmin deploy --force`""", """
            1. stop the proxy
            2. deploy
               - first instance
               - second instance

            > Never on a Friday.""", """
            ```java
            /** Adds a row. */
            public record Row(int id, String name) {
                static final int MOST = 42; // rows
            }
            ```""");
    private static final List<String> BY_CAROL = List.of("""
            | instance | p99 | errors |
            |:--|--:|:-:|
            | one | 29 ms | 0 |
            | two | 31 ms | **2** |""", """
            مرحبا بالجميع! هذا نص **عريض** مع `code`.
            And this line is English.

            - أول
            - ثان""", "🎉👍🏽", "[https://bank.example](https://evil.example/) <b>not bold</b>");

    private Browser browser;
    private String room;

    @BeforeEach
    void fillRoom() {
        browser = Browser.start();
        room = "Showcase " + UUID.randomUUID();
        String id = Http.of("alice").post("/api/rooms", Map.of("name", room)).json(201).get("id").stringValue();
        try (ChatClient bob = ChatClient.of("bob").joins(id); ChatClient carol = ChatClient.of("carol").joins(id)) {
            BY_BOB.forEach(bob::posts);
            BY_CAROL.forEach(carol::posts);
        }
    }

    @AfterEach
    void closeBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void light() {
        takes("light", enters(1200, 900, "light", "ltr"));
    }

    @Test
    void dark() {
        takes("dark", enters(1200, 900, "dark", "ltr"));
    }

    @Test
    void rightToLeft() {
        takes("rtl", enters(1200, 900, "light", "rtl"));
    }

    @Test
    void phone() {
        takes("phone", enters(390, 844, "light", "ltr"));
    }

    @Test
    void completion() {
        Page page = enters(1200, 900, "light", "ltr");
        box(page).pressSequentially("Look @");
        assertThat(page.locator(".suggestions [role=option]")).hasCount(3);
        takes("completion", page);
    }

    @Test
    void emoji() {
        Page page = enters(390, 844, "dark", "ltr");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Emoji").setExact(true)).click();
        assertThat(page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("grinning face").setExact(true))).isVisible();
        takes("emoji", page);
    }

    private Page enters(int width, int height, String theme, String direction) {
        Page page = browser.opensPortal(width, height);
        page.evaluate("([theme, direction]) => { document.documentElement.dir = direction; localStorage.setItem('portal.theme', theme);"
                + "document.querySelector('parley-chat').setAttribute('theme', theme); }", List.of(theme, direction));
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Alice")).click();
        Locator rooms = page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Show rooms"));
        Locator entry = page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(room)).first();
        assertThat(rooms.or(entry).first()).isVisible();
        if (rooms.isVisible()) {
            rooms.click();
        }
        entry.click();
        assertThat(page.locator(".code [class^=code-]").first()).isVisible();
        assertThat(box(page)).isEnabled();
        return page;
    }

    private void takes(String name, Page page) {
        page.screenshot(new Page.ScreenshotOptions().setPath(FOLDER.resolve("formatting-" + name + ".png")));
        assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth")).isEqualTo(true);
        assertThat(browser.complaints()).isEmpty();
    }

    private static Locator box(Page page) {
        return page.getByRole(AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName(Pattern.compile("^Message ")));
    }
}
