package parley.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.kit.ChatClient;
import parley.kit.Http;
import parley.kit.Server;

/**
 * What a browser loads until a room is shown: with an empty cache, and the next time. Needs the bundle, which the build makes where esbuild
 * runs. {@code -Dparley.trial=long} also prints the times on a slow mobile network,
 * and how long scrolling back 5,000 messages takes.
 */
class PageWeightIT {

    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final Path BUNDLE = Path.of(System.getProperty("basedir", ""), "target/bundle/chat/parley-chat.js");
    private static final Pattern BUILT = Pattern.compile("\"\\./(built/chunk-[\\w-]+\\.js)\"");
    private static final int MOST_REQUESTS = 14;
    /** Mostly data. */
    private static final int MOST_BYTES_WARM = 10_000;
    private static final int MOST_BYTES = 125_000;
    /** The profile "Slow 3G" of the browser's own tools: bytes a second, and milliseconds. */
    private static final double SLOW_BYTES = 50_000;
    private static final double SLOW_LATENCY = 2_000;
    private static final LocatorAssertions.HasAttributeOptions IN_TIME = new LocatorAssertions.HasAttributeOptions().setTimeout(60_000);
    /** Paths of data, which no cache keeps. */
    private static final Pattern DATA = Pattern.compile(".*/(api/.*|sign-in|ws)");

    /** A resource that came over the network. */
    private record Loaded(String address, int bytes, int status) {
    }

    private final Map<String, JsonObject> answers = new ConcurrentHashMap<>();
    private final Map<String, Loaded> loaded = new ConcurrentHashMap<>();
    private final List<String> handshakes = new CopyOnWriteArrayList<>();
    private Browser browser;
    private Page page;
    private CDPSession devtools;

    @BeforeEach
    void signIn() {
        assumeTrue(Files.exists(BUNDLE) || runsEsbuild(), "esbuild does not run on this machine");
        browser = Browser.start();
        page = browser.opensPortal(1200, 800);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Alice")).click();
        assertRoomIsShown();
        devtools = page.context().newCDPSession(page);
        devtools.on("Network.responseReceived", event -> answers.put(idOf(event), event.getAsJsonObject("response")));
        devtools.on("Network.loadingFinished", this::finished);
        devtools.on("Network.webSocketHandshakeResponseReceived", handshake -> handshakes.add(handshake.toString()));
        devtools.send("Network.enable");
    }

    @AfterEach
    void closeBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void opensARoomWithFewRequestsAndLittleCode() {
        int bytes = loads("First load", true);
        assertThat(loaded.values()).hasSizeLessThanOrEqualTo(MOST_REQUESTS);
        assertThat(bytes).isLessThanOrEqualTo(MOST_BYTES);
        assertThat(loaded.values()).filteredOn(one -> one.address().contains("/built/")).isNotEmpty();
        assertThat(handshakes).as("large frames are compressed").singleElement().asString()
                .contains("permessage-deflate; server_no_context_takeover; client_no_context_takeover");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void asksForOneResourceTheNextTime() {
        int bytes = loads("Warm load", false);
        assertThat(bytes).isLessThanOrEqualTo(MOST_BYTES_WARM);
        assertThat(loaded.values()).extracting(Loaded::address).filteredOn(address -> !DATA.matcher(address).matches())
                .containsExactlyInAnyOrder(Server.base() + "/", Server.base() + "/chat/parley-chat.js");
    }

    @Test
    void showsARoomOnASlowNetwork() {
        assumeTrue(System.getProperty("parley.trial", "short").equals("long"), "-Dparley.trial=long measures it");
        JsonObject slow = new JsonObject();
        slow.addProperty("offline", false);
        slow.addProperty("latency", SLOW_LATENCY);
        slow.addProperty("downloadThroughput", SLOW_BYTES);
        slow.addProperty("uploadThroughput", SLOW_BYTES);
        devtools.send("Network.emulateNetworkConditions", slow);
        loads("First load, slow 3G", true);
        loads("Warm load, slow 3G", false);
    }

    @Test
    void scrollsBackFiveThousandMessages() {
        assumeTrue(System.getProperty("parley.trial", "short").equals("long"), "-Dparley.trial=long measures it");
        String room = Http.of("alice").createsRoom();
        try (ChatClient bob = ChatClient.of("bob").joins(room)) {
            IntStream.range(10_000, 15_000).forEach(n -> bob.posts("message " + n));
        }
        page.locator("parley-chat").evaluate("(chat, room) => chat.open(room)", room);
        page.locator(".latest").click();
        assertThat(page.getByRole(AriaRole.ARTICLE).filter(new Locator.FilterOptions().setHasText("message 14999"))).isVisible(
                new LocatorAssertions.IsVisibleOptions().setTimeout(30_000));
        Object milliseconds = page.locator("parley-chat").evaluate("""
                async chat => {
                  const log = chat.shadowRoot.querySelector('.log');
                  const start = performance.now();
                  while (!log.textContent.includes('message 10000')) {
                    log.scrollTop = 0;
                    await new Promise(requestAnimationFrame);
                  }
                  return Math.round(performance.now() - start);
                }""");
        System.out.printf("Scrolling back 5,000 messages takes %s ms%n", milliseconds);
    }

    @Test
    void loadsTheCodeFromAnotherInstanceDuringAnUpgrade() {
        Map<String, Integer> refused = new ConcurrentHashMap<>();
        page.route("**/chat/built/chunk-*.js", route -> {
            if (refused.merge(route.request().url(), 1, Integer::sum) <= 2) {
                route.fulfill(new Route.FulfillOptions().setStatus(404));
            } else {
                route.resume();
            }
        });
        page.navigate(Server.base() + "/");
        assertRoomIsShown();
        assertThat(refused.values()).isNotEmpty().allMatch(requests -> requests > 2);
    }

    @Test
    void filesThatNeverChangeAreCompressedAndCached() throws IOException, InterruptedException {
        var name = BUILT.matcher(get("/chat/parley-chat.js", "gzip").body());
        assertThat(name.find()).isTrue();
        String file = "/chat/" + name.group(1);
        HttpResponse<String> plain = get(file, "identity");
        assertThat(plain.headers().firstValue("Cache-Control")).contains("public, max-age=31536000, immutable");
        assertThat(plain.headers().firstValue("Content-Type")).contains("text/javascript;charset=UTF-8");
        for (String coding : Files.exists(BUNDLE.resolveSibling(name.group(1) + ".br")) ? List.of("gzip", "br") : List.of("gzip")) {
            HttpResponse<String> compressed = get(file, "deflate, " + coding);
            assertThat(compressed.headers().firstValue("Content-Encoding")).contains(coding);
            assertThat(compressed.headers().firstValue("Vary").orElse("")).contains("Accept-Encoding");
            assertThat(compressed.body().length()).isLessThan(plain.body().length() / 2);
        }
        assertThat(get("/chat/built/nothing-12345678.js", "gzip").statusCode()).isEqualTo(404);
        assertThat(get(file + ".gz", "identity").statusCode()).isEqualTo(404);
    }

    /** Opens the page again. Prints and returns the bytes that came over the network, as they travelled. */
    private int loads(String what, boolean empty) {
        JsonObject disabled = new JsonObject();
        disabled.addProperty("cacheDisabled", empty);
        devtools.send("Network.setCacheDisabled", disabled);
        // Ends the requests of the page before.
        page.navigate("about:blank");
        answers.clear();
        loaded.clear();
        long start = System.nanoTime();
        page.navigate(Server.base() + "/", new Page.NavigateOptions().setTimeout(60_000));
        assertRoomIsShown();
        long milliseconds = (System.nanoTime() - start) / 1_000_000;
        int bytes = loaded.values().stream().mapToInt(Loaded::bytes).sum();
        System.out.printf("%s: a room is shown after %d requests, %d bytes and %d ms%n", what, loaded.size(), bytes, milliseconds);
        loaded.values().forEach(one -> System.out.printf("  %d %6d %s%n", one.status(), one.bytes(), one.address()));
        return bytes;
    }

    private void finished(JsonObject event) {
        JsonObject answer = answers.remove(idOf(event));
        if (answer != null && !answer.get("fromDiskCache").getAsBoolean() && event.get("encodedDataLength").getAsInt() > 0) {
            loaded.put(idOf(event), new Loaded(answer.get("url").getAsString(), event.get("encodedDataLength").getAsInt(),
                    answer.get("status").getAsInt()));
        }
    }

    private static String idOf(JsonObject event) {
        return event.get("requestId").getAsString();
    }

    private static boolean runsEsbuild() {
        return System.getProperty("os.name").equals("Linux") && System.getProperty("os.arch").equals("amd64");
    }

    private void assertRoomIsShown() {
        assertThat(page.getByRole(AriaRole.LOG)).hasAttribute("aria-busy", "false", IN_TIME);
        assertThat(page.locator(".composer")).isVisible();
    }

    private static HttpResponse<String> get(String path, String codings) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(Server.base() + path)).header("Accept-Encoding", codings).build();
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString(java.nio.charset.StandardCharsets.ISO_8859_1));
    }
}
