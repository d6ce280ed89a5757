package parley.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.options.AriaRole;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a browser with an empty cache loads until a room is shown. Needs the bundle, which the build makes where esbuild runs. */
class PageWeightIT {

    private static final Path BUNDLE = Path.of(System.getProperty("basedir", ""), "target/bundle/chat/parley-chat.js");
    private static final int MOST_REQUESTS = 12;
    private static final int MOST_BYTES = 124_000;

    private final Browser browser = Browser.start();
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    @AfterEach
    void closeBrowser() {
        browser.close();
    }

    @Test
    void opensARoomWithFewRequestsAndLittleCode() {
        assumeTrue(Files.exists(BUNDLE) || runsEsbuild(), "esbuild does not run on this machine");
        Page page = browser.opensPortal(1200, 800);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Alice")).click();
        assertRoomIsShown(page);
        CDPSession cache = page.context().newCDPSession(page);
        JsonObject disabled = new JsonObject();
        disabled.addProperty("cacheDisabled", true);
        cache.send("Network.enable");
        cache.send("Network.setCacheDisabled", disabled);
        page.onRequest(requests::add);
        page.reload();
        assertRoomIsShown(page);
        int bytes = requests.stream().mapToInt(PageWeightIT::compressed).sum();
        System.out.printf("A room is shown after %d requests and %d bytes (gzip)%n", requests.size(), bytes);
        assertThat(requests).extracting(Request::url).hasSizeLessThanOrEqualTo(MOST_REQUESTS);
        assertThat(bytes).isLessThanOrEqualTo(MOST_BYTES);
        assertThat(browser.complaints()).isEmpty();
    }

    private static boolean runsEsbuild() {
        return System.getProperty("os.name").equals("Linux") && System.getProperty("os.arch").equals("amd64");
    }

    private static void assertRoomIsShown(Page page) {
        assertThat(page.getByRole(AriaRole.LOG)).hasAttribute("aria-busy", "false");
        assertThat(page.locator(".composer")).isVisible();
    }

    private static int compressed(Request request) {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(request.response().body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.size();
    }
}
