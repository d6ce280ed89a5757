package parley.rehearsal;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.net.URI;
import java.util.regex.Pattern;
import parley.browser.Browser;
import parley.browser.IdentityProvider;
import parley.checker.Trial;

/** People who chat through the proxy, with tokens of a real OpenID provider. */
record Chat(Machine machine, PostgreSql database, IdentityProvider issuer) {

    private static final int CLIENTS = 20;
    private static final int ROOMS = 5;
    // Nothing is warm at a new server's first visitor.
    private static final int PATIENCE_MS = 30_000;

    /** One who may do this in a group of the issuer's. */
    Person person(String name, String... groups) {
        return new Person(machine, issuer.token(name, groups));
    }

    /** What happens under a load. */
    interface Meanwhile {
        void happens(Trial trial) throws Exception;
    }

    /** A load that chats while something happens; fails when a message that was acknowledged is lost, or one is seen twice. */
    String judge(int acknowledgements, Meanwhile meanwhile) throws Exception {
        Trial trial = new Trial(CLIENTS, ROOMS, machine::parley, database::connect, person("alice").http(), issuer::token);
        trial.judgeAfter(acknowledgements, () -> meanwhile.happens(trial));
        return "%,d acknowledged, 0 lost, 0 seen twice".formatted(trial.acknowledgements());
    }

    /** Alice signs in with a browser and writes. */
    String inABrowser() {
        try (Browser browser = Browser.start()) {
            Page page = browser.opens(URI.create(machine.parley() + "/"), 1200, 800);
            page.setDefaultTimeout(PATIENCE_MS);
            PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS);
            button(page, "Sign in").click();
            page.getByLabel("Username").fill("alice");
            page.getByLabel("Password").fill(IdentityProvider.PASSWORD);
            page.getByRole(AriaRole.BUTTON).click();
            assertThat(page.locator("#who")).hasText("Alice Example");
            assertThat(page.getByRole(AriaRole.LOG)).hasAttribute("aria-busy", "false");
            if (button(page, "Join room").isVisible()) {
                button(page, "Join room").click();
            }
            Locator box = page.getByRole(AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName(Pattern.compile("^Message ")));
            box.fill("as the documents say");
            box.press("Enter");
            assertThat(page.locator(".message").filter(new Locator.FilterOptions().setHasText("as the documents say")).first())
                    .hasAttribute("data-state", "sent");
            Rehearsal.check(browser.complaints().isEmpty(), "The browser complains: " + browser.complaints());
            return "alice signs in with the issuer, and writes";
        }
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }
}
