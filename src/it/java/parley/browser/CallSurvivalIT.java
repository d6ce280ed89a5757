package parley.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;
import parley.kit.Coturn;
import parley.kit.Json;
import parley.server.Balancer;
import parley.server.Certificate;
import parley.server.ChildProcess;
import parley.server.Cluster;
import parley.server.Instance;
import parley.server.TestCluster;

/**
 * Four people hold a call for a minute through a relay, connected through a proxy to two instances. Meanwhile one instance is killed, and
 * one page is loaded again: the media of the others never stop, and signals pass again on the other instance.
 */
@EnabledIfSystemProperty(named = "parley.db", matches = "postgresql")
@EnabledIfSystemProperty(named = "parley.trial", matches = "long")
class CallSurvivalIT {

    private static final Path FOLDER = Path.of(System.getProperty("basedir", ""), "target/proxy/calls");
    private static final String ROOM = "general";
    private static final List<String> PEOPLE = List.of("alice", "bob", "carol", "guest");
    private static final LocatorAssertions.HasCountOptions SOON = new LocatorAssertions.HasCountOptions().setTimeout(60_000);
    private static final int SECONDS = 60;
    private static final int KILL_AT = 15;
    private static final int RELOAD_AT = 35;
    /** Sound arrives every 20 ms. A busy machine needs its time to ask each page. */
    private static final long LONGEST_SILENCE_MILLIS = 3_000;

    private final Cluster cluster = TestCluster.shared();
    private final HttpClient http = HttpClient.newHttpClient();
    /** An instance with participants. */
    private Instance killed;

    private String token(String person) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(cluster.instance(1).base() + "/dev/token"))
                .header("Content-Type", "application/json").POST(BodyPublishers.ofString(Json.text(Map.of("user", person)))).build();
        return Json.read(http.send(request, BodyHandlers.ofString()).body()).get("token").stringValue();
    }

    @Test
    void mediaGoOnWhileAnInstanceIsKilledAndAPageIsLoadedAgain(@TempDir Path relay) throws Exception {
        if (!Balancer.NGINX.isInstalled()) {
            throw new TestAbortedException("nginx is not installed");
        }
        List<String> instances = cluster.instances().stream().map(Instance::address).toList();
        Balancer.Setup site = Balancer.Setup.of(FOLDER, "/apps/parley", "/parley", instances, Certificate.create(FOLDER));
        URI portal = URI.create("https://localhost:" + site.port() + "/apps/parley/");
        try (Coturn coturn = Coturn.start(relay, "--allow-private"); ChildProcess proxy = Balancer.NGINX.start(site);
                Browser browser = Browser.start()) {
            assertThat(proxy).isNotNull();
            List<Page> pages = new ArrayList<>();
            for (String person : PEOPLE) {
                pages.add(Caller.opens(browser, portal, person, token(person), ROOM, coturn));
            }
            pages.forEach(page -> page.locator(".call-button").click());
            pages.forEach(page -> assertThat(page.locator(".tile:not([data-state])")).hasCount(PEOPLE.size(), SOON));
            killed = cluster.instances().stream().filter(this::serves).findFirst().orElseThrow();
            holds(pages);
            // Signals pass again: the one who was loaded again connects, and its leaving is seen.
            Page again = pages.getLast();
            People.opens(again, ROOM);
            again.locator(".call-button").click();
            pages.forEach(page -> assertThat(page.locator(".tile:not([data-state])")).hasCount(PEOPLE.size(), SOON));
            again.locator(".call .control.leave").click();
            pages.subList(0, PEOPLE.size() - 1).forEach(page -> assertThat(page.locator(".tile")).hasCount(PEOPLE.size() - 1, SOON));
            for (Instance instance : cluster.instances()) {
                assertThat(Files.readString(instance.log())).doesNotContain("ice-ufrag", " typ relay");
            }
        } finally {
            if (killed != null && !killed.process().isAlive()) {
                killed.start();
            }
        }
    }

    private boolean serves(Instance instance) {
        return http.sendAsync(HttpRequest.newBuilder(URI.create(instance.base() + "/metrics")).build(), BodyHandlers.ofString()).join()
                .body().lines().filter(line -> line.startsWith("parley_call_participants"))
                .anyMatch(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)) > 0);
    }

    /** The connections between the first three never fall silent. */
    private void holds(List<Page> pages) throws InterruptedException {
        List<Page> stay = pages.subList(0, PEOPLE.size() - 1);
        stay.forEach(Caller::watches);
        long longest = 0;
        for (int second = 0; second < SECONDS; second++) {
            if (second == KILL_AT) {
                killed.kill();
            }
            if (second == RELOAD_AT) {
                pages.getLast().reload();
            }
            Thread.sleep(Duration.ofSeconds(1));
            for (Page page : stay) {
                longest = Math.max(longest, Caller.longestSilence(page, PEOPLE.size() - 2));
            }
            assertThat(longest).as("silence after %d s", second).isLessThan(LONGEST_SILENCE_MILLIS);
        }
        System.out.printf("Four people talked for %d s; the longest silence of the three who stayed was %d ms%n", SECONDS, longest);
    }
}
