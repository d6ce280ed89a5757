package parley.browser;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;
import parley.kit.Server;

/** The Chromium of this machine. Without one the tests that need it are skipped, and say so loudly. One thread. */
public final class Browser implements AutoCloseable {

    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
    // What a browser does besides showing pages, and the sandbox that it refuses to run as root without.
    private static final List<String> ARGUMENTS = List.of("--no-sandbox", "--disable-gpu", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync");

    private final Playwright playwright;
    private final com.microsoft.playwright.Browser chromium;
    private final List<String> complaints = new ArrayList<>();

    private Browser(Path executable) {
        playwright = Playwright.create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        chromium = playwright.chromium().launch(
                new BrowserType.LaunchOptions().setExecutablePath(executable).setArgs(ARGUMENTS));
    }

    public static Browser start() {
        return new Browser(executable().orElseThrow(() -> {
            System.err.println("""

                    ****************************************************************
                    *  No Chromium or Chrome is installed: BROWSER TESTS SKIPPED.  *
                    ****************************************************************
                    """);
            return new TestAbortedException("no Chromium or Chrome on the PATH");
        }));
    }

    /** The portal in a browser session of its own, as wide and high as that. */
    Page opensPortal(int width, int height) {
        return opens(URI.create(Server.base() + "/"), width, height);
    }

    /** Any page in a browser session of its own, as wide and high as that; its certificate need not be known. */
    public Page opens(URI address, int width, int height) {
        BrowserContext context = chromium.newContext(new com.microsoft.playwright.Browser.NewContextOptions().setViewportSize(width, height)
                .setIgnoreHTTPSErrors(true));
        context.setDefaultTimeout(5_000);
        Page page = context.newPage();
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
        page.navigate(address.toString());
        return page;
    }

    /** Errors on the console, exceptions and dialogs of all pages so far: violations of the policy are among them. */
    public List<String> complaints() {
        return complaints;
    }

    @Override
    public void close() {
        playwright.close();
    }

    private static Optional<Path> executable() {
        return NAMES.stream().flatMap(name -> onPath(name)).findFirst();
    }

    /** The program of this name, if there is one. */
    static Stream<Path> onPath(String name) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator)).map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable);
    }
}
