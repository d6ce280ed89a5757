package parley.browser;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.WebSocket;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;
import parley.kit.FrameChecks;
import parley.kit.Json;
import parley.kit.Server;

/**
 * A test's browser sessions in the installed Chromium, one process for all tests. Sessions share nothing. Without Chromium the tests are
 * skipped with a visible warning. Not thread-safe.
 */
public final class Browser implements AutoCloseable {

    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
    // No background traffic; no sandbox, because Chromium refuses to run as root with it. A microphone that beeps, for people who allow it.
    private static final List<String> ARGUMENTS = List.of("--no-sandbox", "--disable-gpu", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync",
            "--use-fake-device-for-media-stream", "--allow-loopback-in-peer-connection");

    /** Started by the first test; it ends with this JVM. */
    private static com.microsoft.playwright.Browser chromium;

    private final List<BrowserContext> sessions = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();

    private Browser() {
    }

    /** Whether there is a browser; without one, {@link #start} skips the test. */
    public static boolean isInstalled() {
        return executable().isPresent();
    }

    public static Browser start() {
        if (chromium == null) {
            Path executable = executable().orElseThrow(() -> {
                System.err.println("""

                        ****************************************************************
                        *  No Chromium or Chrome is installed: BROWSER TESTS SKIPPED.  *
                        ****************************************************************
                        """);
                return new TestAbortedException("no Chromium or Chrome on the PATH");
            });
            chromium = Playwright.create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"))).chromium()
                    .launch(new BrowserType.LaunchOptions().setExecutablePath(executable).setArgs(ARGUMENTS));
        }
        return new Browser();
    }

    /** Opens the portal in a new browser session with a viewport of this size, in CSS pixels. */
    Page opensPortal(int width, int height) {
        return opens(URI.create(Server.base() + "/"), width, height);
    }

    /** Opens the portal in a new browser session of a person with this locale. */
    Page opensPortal(String locale) {
        return opens(URI.create(Server.base() + "/"), new com.microsoft.playwright.Browser.NewContextOptions().setLocale(locale));
    }

    /** Opens a page in a new browser session with a viewport of this size. Accepts any certificate. */
    public Page opens(URI address, int width, int height) {
        return opens(address, new com.microsoft.playwright.Browser.NewContextOptions().setViewportSize(width, height));
    }

    /** Opens a page in a new browser session with a small touch screen. */
    Page opensOnAPhone(URI address) {
        return opens(address, phone());
    }

    /** A new browser session with a small touch screen, without a page. */
    BrowserContext opensSessionOnAPhone() {
        return opensSession(phone());
    }

    private static com.microsoft.playwright.Browser.NewContextOptions phone() {
        return new com.microsoft.playwright.Browser.NewContextOptions().setViewportSize(390, 780).setHasTouch(true).setIsMobile(true);
    }

    private Page opens(URI address, com.microsoft.playwright.Browser.NewContextOptions options) {
        Page page = opensTab(opensSession(options));
        page.navigate(address.toString());
        return page;
    }

    /** A new browser session without a page. */
    BrowserContext opensSession() {
        return opensSession(new com.microsoft.playwright.Browser.NewContextOptions().setViewportSize(1200, 800));
    }

    private BrowserContext opensSession(com.microsoft.playwright.Browser.NewContextOptions options) {
        // Without animations: a click waits until its target stands still, and each frame costs time.
        BrowserContext context = chromium.newContext(options.setIgnoreHTTPSErrors(true).setReducedMotion(ReducedMotion.REDUCE));
        sessions.add(context);
        context.setDefaultTimeout(5_000);
        return context;
    }

    /** Opens an empty tab in a browser session of this browser. */
    Page opensTab(BrowserContext session) {
        Page page = session.newPage();
        page.onWebSocket(Browser::checks);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        page.onDialog(dialog -> {
            complaints.add("dialog: " + dialog.message());
            dialog.dismiss();
        });
        return page;
    }

    private static void checks(WebSocket socket) {
        FrameChecks checks = new FrameChecks();
        socket.onFrameSent(frame -> checks.sent(frame.text()));
        socket.onFrameReceived(frame -> checks.received(Json.read(frame.text())));
    }

    /** Console errors, exceptions and dialogs of all pages so far, including violations of the Content Security Policy. */
    public List<String> complaints() {
        return complaints;
    }

    /** Closes all pages but these. */
    void closesAllBut(Collection<Page> kept) {
        Set<BrowserContext> open = kept.stream().map(Page::context).collect(Collectors.toSet());
        List<BrowserContext> closing = sessions.stream().filter(session -> !open.contains(session)).toList();
        sessions.removeAll(closing);
        closing.forEach(BrowserContext::close);
    }

    /** Closes all pages. */
    @Override
    public void close() {
        closesAllBut(Set.of());
    }

    private static Optional<Path> executable() {
        return NAMES.stream().flatMap(name -> onPath(name)).findFirst();
    }

    /** The programs of this name on the PATH. */
    static Stream<Path> onPath(String name) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator)).map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable);
    }
}
