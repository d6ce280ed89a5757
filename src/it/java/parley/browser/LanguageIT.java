package parley.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import parley.kit.Http;

/** The portal and its chat in another language than English, from the bundle and under the page's policy. */
class LanguageIT {

    private final Browser browser = Browser.start();

    @AfterEach
    void closeBrowser() {
        browser.close();
    }

    @Test
    void speaksTheReadersLanguage() {
        String room = "Sprache " + UUID.randomUUID();
        String id = Http.of("alice").post("/api/rooms", Map.of("name", room)).json(201).get("id").stringValue();
        Page page = browser.opensPortal("de-AT");
        assertThat(page.locator("html")).hasAttribute("lang", "de-AT");
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("Am Portal anmelden"))).isVisible();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Alice")).click();
        assertThat(page.locator(".app")).hasAttribute("lang", "de-AT");
        page.locator("parley-chat").evaluate("(chat, room) => chat.open(room)", id);
        Locator box = page.getByRole(AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName("Nachricht an " + room));
        box.fill("Guten Morgen");
        box.press("Enter");
        assertThat(page.locator(".message .text")).hasText("Guten Morgen");
        assertThat(page.locator(".divider.day")).hasText("Heute");
        assertThat(page.locator(".message header time")).hasText(Pattern.compile("^\\d\\d:\\d\\d$"));
        Accessibility.ALL.check(page, "German");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void speaksTheLanguageOfTheServerInThePortal() {
        Page page = browser.opensPortal("en-US");
        page.route("**/sign-in", route -> route.fulfill(new Route.FulfillOptions().setContentType("application/json")
                .setBody("{\"development\":true,\"language\":\"de\"}")));
        page.reload();
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("Am Portal anmelden"))).isVisible();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Alice")).click();
        assertThat(page.getByRole(AriaRole.SEARCHBOX, new Page.GetByRoleOptions().setName("Raum suchen"))).isVisible();
        assertThat(browser.complaints()).isEmpty();
    }
}
