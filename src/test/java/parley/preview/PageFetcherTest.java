package parley.preview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.file.SharedFiles;
import parley.outgoing.Hosts;
import parley.settings.PreviewSettings;

/** Fetching pages and their pictures, from a server in this JVM, which the settings list as a private host. */
class PageFetcherTest {

    private static final Set<String> HTML = Set.of("text/html");
    private static final Duration LONGEST = Duration.ofSeconds(5);
    private static final String PAGE = "<title>A page</title><meta property=og:image content=/picture>";

    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
    private final CountDownLatch end = new CountDownLatch(1);
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private HttpServer server;
    private String base;
    private PageFetcher fetcher;
    private Pages pages;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        base = "http://localhost:" + server.getAddress().getPort();
        PreviewHosts hosts = new PreviewHosts(new PreviewSettings(List.of(), List.of("localhost:" + server.getAddress().getPort())));
        fetcher = new PageFetcher(hosts, timer);
        pages = pages(Pages.LONGEST);
        serve("/page", "text/html; charset=utf-8", PAGE.getBytes(StandardCharsets.UTF_8));
        serve("/picture", "image/png", "pixels".getBytes(StandardCharsets.UTF_8));
    }

    // A picture begins with a p here.
    private Pages pages(Duration longest) {
        return new Pages(fetcher, bytes -> bytes[0] == 'p' ? Optional.of(new SharedFiles.Thumbnail("image/png", bytes)) : Optional.empty(),
                longest);
    }

    @AfterEach
    void stop() {
        end.countDown();
        server.stop(0);
        timer.shutdownNow();
    }

    private void serve(String path, String type, byte[] body) {
        server.createContext(path, exchange -> {
            exchange.getResponseHeaders().set("Content-Type", type);
            answer(exchange, 200, body);
        });
    }

    private void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        asked.add(exchange.getRequestURI().toString());
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private void redirect(String path, String to) {
        server.createContext(path, exchange -> {
            exchange.getResponseHeaders().set("Location", to);
            answer(exchange, 302, new byte[0]);
        });
    }

    private PageFetcher.Fetched get(String path) throws IOException {
        return fetcher.get(base + path, HTML, new PageFetcher.Deadline(LONGEST));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:1/", "http://[::1]/", "http://169.254.169.254/", "file:///etc/passwd", "http://localhost:1/",
        "http://localhost/"})
    void aRedirectIsCheckedLikeALink(String to) {
        redirect("/away", to);
        assertThatThrownBy(() -> get("/away")).isInstanceOf(IOException.class);
        assertThat(asked).containsExactly("/away");
    }

    @Test
    void aRedirectToAPrivateAddressIsRefusedAsSuch() {
        redirect("/away", "http://127.0.0.1/admin");
        assertThatThrownBy(() -> get("/away")).isInstanceOf(Hosts.RefusedHost.class);
    }

    @Test
    void threeRedirectsAreFollowedAndNoFourth() throws IOException {
        redirect("/3", "page?a=%20b");
        redirect("/2", "/3");
        redirect("/1", base + "/2#top");
        assertThat(get("/1").at().toString()).isEqualTo(base + "/page?a=%20b");
        redirect("/0", "/1");
        assertThatThrownBy(() -> get("/0")).hasMessageContaining("redirects");
    }

    @Test
    void onlyTheFirstHalfMebibyteIsRead() throws IOException {
        serve("/exact", "text/html", new byte[PageFetcher.LARGEST]);
        serve("/larger", "text/html", new byte[PageFetcher.LARGEST + 1]);
        assertThat(get("/exact").whole()).isTrue();
        assertThat(get("/larger").whole()).isFalse();
        assertThat(get("/larger").bytes()).hasSize(PageFetcher.LARGEST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "text/htmlx", "image/svg+xml", "text/plain", ""})
    void onlyHtmlIsRead(String type) {
        serve("/other", type, PAGE.getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> get("/other")).isInstanceOf(IOException.class);
    }

    @Test
    void neitherErrorsNorCompressedBodiesAreRead() {
        server.createContext("/error", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            answer(exchange, 404, PAGE.getBytes(StandardCharsets.UTF_8));
        });
        server.createContext("/zipped", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            answer(exchange, 200, PAGE.getBytes(StandardCharsets.UTF_8));
        });
        assertThatThrownBy(() -> get("/error")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> get("/zipped")).isInstanceOf(IOException.class);
    }

    @Test
    void aPageIsFetchedOnceWithItsPicture() {
        Pages.Page page = pages.at(base + "/page").orElseThrow();
        assertThat(page.text().title()).isEqualTo("A page");
        assertThat(page.picture().orElseThrow().bytes()).asString(StandardCharsets.UTF_8).isEqualTo("pixels");
        assertThat(pages.at(base + "/page")).contains(page);
        assertThat(asked).containsExactly("/page", "/picture");
    }

    @Test
    void aPageWithoutAPictureThatCanBeShownHasNone() {
        serve("/broken", "image/png", "broken".getBytes(StandardCharsets.UTF_8));
        serve("/large", "image/png", "p".repeat(PageFetcher.LARGEST + 1).getBytes(StandardCharsets.UTF_8));
        for (String picture : List.of("/broken", "/large", "/nothing", "http://127.0.0.1/a.png", "file:///a.png")) {
            String path = "/with" + picture.hashCode();
            serve(path, "text/html", PAGE.replace("/picture", picture).getBytes(StandardCharsets.UTF_8));
            assertThat(pages.at(base + path).orElseThrow().picture()).as(picture).isEmpty();
        }
    }

    @Test
    void aPageWithoutWordsHasNoPreviewAndIsNotAskedAgain() {
        serve("/silent", "text/html", "<p>text</p>".getBytes(StandardCharsets.UTF_8));
        assertThat(pages.at(base + "/silent")).isEmpty();
        assertThat(pages.at(base + "/silent")).isEmpty();
        assertThat(asked).containsExactly("/silent");
    }

    @Test
    void aHostThatDoesNotAnswerIsLeftAloneForAWhile() {
        server.createContext("/slow", exchange -> {
            asked.add("/slow");
            awaitEnd();
            exchange.close();
        });
        Pages impatient = pages(Duration.ofSeconds(1));
        long start = System.nanoTime();
        assertThat(impatient.at(base + "/slow")).isEmpty();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
        assertThat(impatient.at(base + "/page")).isEmpty();
        assertThat(asked).doesNotContain("/page");
    }

    private void awaitEnd() {
        try {
            end.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
