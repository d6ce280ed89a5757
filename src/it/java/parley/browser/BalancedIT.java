package parley.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.opentest4j.TestAbortedException;
import parley.server.Balancer;
import parley.server.Certificate;
import parley.server.ChildProcess;
import parley.server.Cluster;
import parley.server.Instance;
import parley.server.TestCluster;

/** Two people in two browsers, connected over TLS through a proxy to two instances. */
@EnabledIfSystemProperty(named = "parley.db", matches = "postgresql")
class BalancedIT {

    private static final Path FOLDER = Path.of(System.getProperty("basedir", ""), "target/proxy/browser");
    private static final int ATTEMPTS = 10;
    private static final Pattern MESSAGE_BOX = Pattern.compile("^Message ");

    private final HttpClient http = HttpClient.newHttpClient();

    @ParameterizedTest
    @EnumSource
    void peopleChatThroughAProxy(Balancer balancer) {
        if (!balancer.isInstalled()) {
            System.err.printf("%n*****  %s is not installed: ITS TESTS ARE SKIPPED.  *****%n%n", balancer);
            throw new TestAbortedException(balancer + " is not installed");
        }
        try (Browser browser = Browser.start()) {
            Cluster cluster = TestCluster.shared();
            List<String> instances = cluster.instances().stream().map(Instance::address).toList();
            Balancer.Setup site = Balancer.Setup.of(FOLDER, "/apps/parley", "/parley", instances, Certificate.create(FOLDER));
            try (ChildProcess proxy = balancer.start(site)) {
                URI portal = URI.create("https://localhost:" + site.port() + "/apps/parley/");
                Page alice = enters(browser, portal, "Alice");
                Page bob = entersOnTheOtherInstance(browser, portal, cluster);
                String question = "Who is there? " + UUID.randomUUID();
                says(alice, question);
                assertThat(message(bob, question)).isVisible();
                says(bob, "I am, re: " + question);
                assertThat(message(alice, "I am, re: " + question)).isVisible();
                String plan = "Plan " + UUID.randomUUID();
                People.writesADocument(alice, plan, "Through the proxy.");
                People.readsADocument(bob, plan, "Through the proxy.");
                People.usesTheSidebar(alice, "Bob");
                assertThat(browser.complaints()).isEmpty();
            }
        }
    }

    // The proxy also balances other requests, so the second connection may go to the same instance.
    private Page entersOnTheOtherInstance(Browser browser, URI portal, Cluster cluster) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Page bob = enters(browser, portal, "Bob");
            if (cluster.instances().stream().allMatch(instance -> connections(instance) > 0)) {
                return bob;
            }
            bob.context().close();
        }
        throw new AssertionError("All " + ATTEMPTS + " connections went to the same instance.");
    }

    private static Page enters(Browser browser, URI portal, String person) {
        Page page = browser.opens(portal, 1200, 800);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(person)).click();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("General")).first().click();
        Locator messages = page.getByRole(AriaRole.LOG, new Page.GetByRoleOptions().setName("Messages in General"));
        assertThat(messages).hasAttribute("aria-busy", "false");
        People.joins(page);
        assertThat(box(page)).isEnabled();
        return page;
    }

    private static void says(Page page, String text) {
        box(page).fill(text);
        box(page).press("Enter");
    }

    private static Locator box(Page page) {
        return page.getByRole(AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName(MESSAGE_BOX));
    }

    private static Locator message(Page page, String text) {
        return page.locator(".message").filter(new Locator.FilterOptions().setHasText(text)).first();
    }

    private double connections(Instance instance) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(instance.base() + "/metrics")).build();
        return http.sendAsync(request, BodyHandlers.ofString()).join().body().lines().filter(line -> line.startsWith("parley_connections{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1))).sum();
    }
}
