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
import parley.checker.Workload;

/** Chat through the proxy, with tokens of a real OpenID provider. */
record Chat(Host host, PostgreSql database, IdentityProvider issuer) {

    private static final int CLIENTS = 20;
    private static final int ROOMS = 5;
    // The first page of a new server is slow.
    private static final int TIMEOUT_MS = 30_000;

    /** A user of the issuer with these groups. */
    Person person(String name, String... groups) {
        return new Person(host, issuer.token(name, groups));
    }

    /** The faults or changes that happen under load. */
    interface Faults {
        void inject(Workload workload) throws Exception;
    }

    /** Runs chat clients during the faults; fails if an acknowledged message is lost or an event is received twice. */
    String underLoad(int acknowledgements, Faults faults) throws Exception {
        Workload workload = new Workload(CLIENTS, ROOMS, host::parley, database::connect, person("alice").http(), issuer::token);
        workload.run(acknowledgements, () -> faults.inject(workload));
        return "%,d acknowledged, 0 lost, 0 duplicates".formatted(workload.acknowledgements());
    }

    /** Alice signs in and posts in a browser. */
    String inBrowser() {
        try (Browser browser = Browser.start()) {
            Page page = browser.opens(URI.create(host.parley() + "/"), 1200, 800);
            page.setDefaultTimeout(TIMEOUT_MS);
            PlaywrightAssertions.setDefaultAssertionTimeout(TIMEOUT_MS);
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
            box.fill("as documented");
            box.press("Enter");
            assertThat(page.locator(".message").filter(new Locator.FilterOptions().setHasText("as documented")).first())
                    .hasAttribute("data-state", "sent");
            Rehearsal.check(browser.complaints().isEmpty(), "Errors in the browser console: " + browser.complaints());
            return "alice signs in with the issuer and posts";
        }
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }
}
