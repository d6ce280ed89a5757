package parley.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import parley.kit.Http;
import parley.kit.Server;

/** The administration page, by keyboard. With {@code -Dparley.pictures=true}, each section is a picture in {@code target/screenshots}. */
class AdministrationPageIT {

    private static final boolean PICTURES = Boolean.getBoolean("parley.pictures");
    private static final Path FOLDER = Path.of(System.getProperty("basedir", ""), "target/screenshots");
    private static final List<String> SECTIONS = List.of("People", "Rooms", "Audit", "Evidence", "Webhooks", "Bots", "Jobs", "Cluster",
            "Storage");

    @RegisterExtension
    static final People people = new People();

    @Test
    void othersAreToldThatItIsNotForThem() {
        Page page = people.browser().opens(Server.at("/administration/"), 1280, 800);
        page.route("**/dev/token", route -> route.resume(new Route.ResumeOptions().setPostData("{\"user\":\"bob\"}")));
        signIn(page, "bob");
        assertThat(page.locator(".state")).containsText("Only administrators can use this page.");
        assertThat(page.locator("tbody tr")).hasCount(0);
    }

    @Test
    void administratorsReachEachSectionAndCloseARoomByKeyboard() {
        String name = "Closing " + UUID.randomUUID();
        String room = Http.of("alice").post("/api/rooms", Map.of("name", name, "kind", "private")).json(201).get("id").stringValue();
        Page page = people.browser().opens(Server.at("/administration/"), 1280, 800);
        Accessibility.ALL.check(page, "the sign-in");
        signIn(page, "carol");
        for (String section : SECTIONS) {
            Locator link = page.locator("#sections a").filter(new Locator.FilterOptions().setHasText(section));
            link.focus();
            page.keyboard().press("Enter");
            assertThat(page.locator("#section h1")).hasText(section);
            assertThat(page.locator("[aria-busy]")).hasCount(0);
            assertThat(page.locator(".state.bad")).hasCount(0);
            Accessibility.ALL.check(page, section);
            picture(page, section);
        }

        page.locator("#sections a").filter(new Locator.FilterOptions().setHasText("Rooms")).focus();
        page.keyboard().press("Enter");
        page.getByLabel("Name or id").focus();
        page.keyboard().insertText(room);
        page.keyboard().press("Enter");
        assertThat(page.locator("tbody tr")).hasCount(1);
        assertThat(page.locator("tbody th")).hasText(name);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Close").setExact(true)).focus();
        page.keyboard().press("Enter");
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        // The focus is on the button that cancels.
        page.keyboard().press("Enter");
        assertThat(dialog).hasCount(0);
        page.keyboard().press("Enter");
        assertThat(dialog).containsText(name);
        Accessibility.ALL.check(page, "a confirmation");
        picture(page, "Confirmation");
        page.keyboard().press("Tab");
        page.keyboard().press("Enter");
        assertThat(page.locator("#said")).hasText("Done.");
        assertThat(page.locator("tbody tr")).hasCount(0);
        assertThat(Http.of("alice").get("/api/rooms/" + room).status()).isEqualTo(404);
        assertThat(people.browser().complaints()).isEmpty();
    }

    private static void signIn(Page page, String name) {
        page.getByLabel("Name").focus();
        page.keyboard().insertText(name);
        page.keyboard().press("Enter");
        assertThat(page.locator("#who")).hasText(name);
    }

    private static void picture(Page page, String name) {
        if (PICTURES) {
            String file = "administration-" + name.toLowerCase(Locale.ROOT);
            page.screenshot(new Page.ScreenshotOptions().setPath(FOLDER.resolve(file + ".png")));
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
            page.screenshot(new Page.ScreenshotOptions().setPath(FOLDER.resolve(file + "-dark.png")));
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        }
    }
}
