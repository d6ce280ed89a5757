package parley.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import parley.kit.Http;
import parley.kit.HttpAnswer;
import parley.kit.Server;

/** Sign-in with an OpenID Connect provider, on a server without the development issuer. */
@Order(Server.OTHER_SETTINGS)
class SignInIT {

    private static IdentityProvider provider;

    private Browser browser;

    @BeforeAll
    static void trustProvider() {
        // The provider starts while the server stops.
        URI page = URI.create(Server.base() + "/");
        CompletableFuture<IdentityProvider> starting = CompletableFuture.supplyAsync(() -> IdentityProvider.of(page),
                Thread::startVirtualThread);
        Server.restartWithoutDevelopmentIssuer(() -> settings(provider = starting.join()));
    }

    private static Map<String, String> settings(IdentityProvider provider) {
        return Map.of("mp.jwt.verify.issuer", provider.issuer(), "mp.jwt.verify.publickey.location", provider.keys(),
                "mp.jwt.verify.audiences", IdentityProvider.CLIENT, "parley.oidc.issuer", provider.issuer(),
                "parley.oidc.client-id", IdentityProvider.CLIENT, "parley.issuer.keys-seconds", "1");
    }

    @AfterAll
    static void closeProvider() {
        provider.close();
        // The next class needs tokens before it starts a server of its own.
        Server.restartWith(Map.of());
    }

    @BeforeEach
    void startBrowser() {
        browser = Browser.start();
    }

    @AfterEach
    void closeBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void offersNoDevelopmentSignIn() {
        assertThat(Http.anonymous().post("/dev/token", Map.of("user", "alice")).status()).isEqualTo(404);
        Page page = browser.opensPortal(1200, 800);
        assertThat(signIn(page)).isVisible();
        assertThat(page.getByText("Choose a demo user")).isHidden();
    }

    @Test
    void allowsConnectionsToTheProviderOnly() {
        HttpAnswer page = Http.anonymous().get("/");
        assertThat(page.header("Content-Security-Policy")).hasValueSatisfying(policy -> assertThat(policy)
                .contains("connect-src 'self' " + provider.issuer() + ";").doesNotContain("*").doesNotContain("unsafe"));
    }

    @Test
    void rejectsAnUnrequestedAnswer() {
        Page page = browser.opensPortal(1200, 800);
        page.navigate(Server.base() + "/?code=stolen&state=guessed");
        assertThat(page.getByText("This sign-in wasn't started on this page")).isVisible();
        assertThat(signIn(page)).isVisible();
        assertThat(page.url()).doesNotContain("code=");
    }

    @Test
    void signsInChatsReloadsAndSignsOut() {
        Page page = browser.opensPortal(1200, 800);
        entersPassword(page);

        assertThat(page.locator("#who")).hasText("Alice Example");
        assertThat(page.url()).isEqualTo(Server.base() + "/");
        assertThat((String) page.evaluate("JSON.stringify({...sessionStorage, ...localStorage})")).doesNotContain("eyJ");
        writes(page, "signed in with the provider " + UUID.randomUUID());

        page.reload();
        assertThat(page.locator("#who")).hasText("Alice Example");

        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign out")).click();
        assertThat(signIn(page)).isVisible();
        signIn(page).click();
        assertThat(page.getByLabel("Password")).isVisible();
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void keepsPeopleSignedInWhileTheProviderIsDown() {
        Page page = browser.opensPortal(1200, 800);
        entersPassword(page);
        assertThat(page.locator("#who")).hasText("Alice Example");
        Http alice = Http.withToken((String) page.evaluate("document.querySelector('parley-chat').tokenProvider()"));
        provider.stopsAnswering();
        try {
            await().until(() -> health().contains("out of reach since"));
            assertThat(health()).contains("\"UP\"").doesNotContain("\"DOWN\"");
            assertThat(alice.get("/api/rooms").status()).isEqualTo(200);
        } finally {
            provider.answersAgain();
        }
        await().until(() -> !health().contains("out of reach since"));
    }

    // The health report, which includes the issuer's state.
    private static String health() {
        return Http.anonymous().send(HttpRequest.newBuilder(Server.base().resolve("/health/ready")).GET()).body();
    }

    private static void entersPassword(Page page) {
        signIn(page).click();
        page.getByLabel("Username").fill("alice");
        page.getByLabel("Password").fill(IdentityProvider.PASSWORD);
        page.getByRole(AriaRole.BUTTON).click();
    }

    private static Locator signIn(Page page) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in").setExact(true));
    }

    // Posts to General, which the page opens first. Joins it if needed.
    private static void writes(Page page, String text) {
        assertThat(page.getByRole(AriaRole.LOG)).hasAttribute("aria-busy", "false");
        People.joins(page);
        Locator box = page.getByRole(AriaRole.TEXTBOX,
                new Page.GetByRoleOptions().setName(Pattern.compile("^Message ")));
        box.fill(text);
        box.press("Enter");
        assertThat(page.locator(".message").filter(new Locator.FilterOptions().setHasText(text)))
                .hasAttribute("data-state", "sent");
    }
}
