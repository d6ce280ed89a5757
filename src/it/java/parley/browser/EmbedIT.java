package parley.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.kit.ChatClient;
import parley.kit.Http;
import parley.kit.Server;
import parley.kit.Tokens;

/** The embedding examples of the documentation, with this server's address, on another origin under the documented policy. */
class EmbedIT {

    private static final Path README = Path.of("README.md");
    private static final Path GUIDE = Path.of("src/site/markdown/embedding.md");
    private static final Path VECTORS = Path.of("src/test/javascript/markdown-vectors.js");
    private static final String EXAMPLE = "https://your-server/parley";
    private static final String CHAT = "document.querySelector('parley-chat')";
    private static final String SHADOW = CHAT + ".shadowRoot";
    private static HostPage portal;

    private Browser browser;

    @BeforeAll
    static void startPortal() {
        portal = HostPage.start(Server.portalPort());
        // The installation may have created it already.
        Http.of("alice").post("/api/rooms", Map.of("id", "general", "name", "General"));
    }

    @AfterAll
    static void closePortal() {
        portal.close();
    }

    @BeforeEach
    void startBrowser() {
        browser = Browser.start();
        portal.signsIn("alice");
        portal.answersTokensWith(200);
    }

    @AfterEach
    void closeBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void reportsAMissingTokenAndContinuesWithOne() throws IOException {
        portal.answersTokensWith(500);
        portal.shows(example(README), policy());
        Page page = browser.opens(portal.address(), 1000, 700);
        assertThat(page.getByText("This site couldn't confirm your sign-in")).isVisible();
        portal.answersTokensWith(200);
        writes(page, "with a token " + UUID.randomUUID());
        assertThat(page.getByText("This site couldn't confirm your sign-in")).isHidden();
        assertThat(browser.complaints()).anyMatch(complaint -> complaint.contains("/your/token answered 500"))
                .noneMatch(complaint -> complaint.contains("Content Security Policy"));
    }

    @Test
    void readmeExampleChats() throws IOException {
        portal.shows(example(README), policy());
        Page page = browser.opens(portal.address(), 1000, 700);
        chats(page);
        page.locator(".main .message").last().hover();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Reply in thread")).click();
        assertThat(page.getByRole(AriaRole.COMPLEMENTARY, new Page.GetByRoleOptions().setName("Thread"))).isVisible();
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(Path.of(System.getProperty("basedir", ""), "target/screenshots/embedded.png")));
        Tokens.signIn("bob");
        People.usesTheSidebar(page, "Bob");
        People.opens(page, "general");
        People.writesADocument(page, "Plan " + UUID.randomUUID(), "From another origin.");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void exampleWithoutScriptChats() throws IOException {
        portal.shows(example(GUIDE), policy());
        chats(browser.opens(portal.address(), 1000, 700));
    }

    // The bundle of the commit before the client became a package. The end of a release replaces it by that release's chat/parley-chat.js.
    @Test
    void pageOfThePreviousReleaseChats() throws IOException {
        try (InputStream bundle = new GZIPInputStream(EmbedIT.class.getResourceAsStream("previous-chat.js.gz"))) {
            portal.hosts(new String(bundle.readAllBytes(), StandardCharsets.UTF_8));
        }
        portal.shows("<script type=\"module\" src=\"/chat.js\"></script><parley-chat server=\"" + Server.base()
                + "\" room=\"general\" token-url=\"/your/token\"></parley-chat>", policy().replace("script-src", "script-src 'self'"));
        Page page = browser.opens(portal.address(), 1000, 700);
        chats(page);
        page.locator(".main .message").last().hover();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Reply in thread")).click();
        assertThat(page.getByRole(AriaRole.COMPLEMENTARY, new Page.GetByRoleOptions().setName("Thread"))).isVisible();
        page.context().setOffline(true);
        String missed = "while the page was offline " + UUID.randomUUID();
        try (ChatClient bob = ChatClient.of("bob").joins("general")) {
            bob.posts(missed);
        }
        page.context().setOffline(false);
        assertThat(message(page, missed)).hasCount(1);
    }

    // They are on the server's own origin here, as another application beside it.
    @Test
    void pagesOfAJakartaPortalChat() throws IOException {
        JakartaPortal.deploy();
        try {
            var pages = new ArrayList<Page>();
            for (String path : List.of("page.jsp", "page.xhtml")) {
                pages.add(browser.opens(JakartaPortal.at(path), 1000, 700));
                chats(pages.getLast());
            }
            // Afterwards, because the browser complains about it.
            for (Page page : pages) {
                assertThat((Boolean) page.evaluate("""
                        () => {
                          const script = document.createElement('script');
                          script.append('window.ran = true');
                          document.head.append(script);
                          return Boolean(window.ran);
                        }""")).as("whether a script in the page runs").isFalse();
            }
        } finally {
            JakartaPortal.undeploy();
        }
    }

    @Test
    void singleShowsOneRoom() throws IOException {
        portal.shows(example(GUIDE).replace("<parley-chat ", "<parley-chat single "), policy());
        Page page = browser.opens(portal.address(), 320, 560);
        page.evaluate("""
                () => {
                  const page = new CSSStyleSheet();
                  page.replaceSync('body { margin: 0 } parley-chat { width: 320px; height: 400px }');
                  document.adoptedStyleSheets = [page];
                }""");
        chats(page);
        assertThat(page.getByRole(AriaRole.NAVIGATION)).isHidden();
        assertThat(page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Show rooms"))).isHidden();
        assertThat(page.evaluate("document.documentElement.scrollWidth <= 320")).isEqualTo(true);
    }

    @Test
    void leavesNothingOfAPersonForTheNext() throws IOException {
        portal.shows(example(README), policy());
        Page page = browser.opens(portal.address(), 1000, 700);
        writes(page, "said by alice " + UUID.randomUUID());
        box(page).fill("a draft of alice");
        page.evaluate("window.provider = " + CHAT + ".tokenProvider; " + CHAT + ".tokenProvider = null");
        assertThat(page.getByText("You're not signed in")).isVisible();
        assertThat(page.locator(".message, .person:not(:empty), .room")).hasCount(0);
        assertThat((String) page.evaluate("JSON.stringify({ ...localStorage, ...sessionStorage })")).isEqualTo("{}");
        portal.signsIn("bob");
        page.evaluate(CHAT + ".tokenProvider = window.provider");
        assertThat(page.locator(".person")).hasText(Pattern.compile("Bob", Pattern.CASE_INSENSITIVE));
        assertThat(page.getByRole(AriaRole.LOG)).hasAttribute("aria-busy", "false");
        assertThat(box(page)).hasValue("");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void readmeExampleChatsInFirefox() throws IOException {
        portal.shows(example(README), policy());
        String text = "said in Firefox " + UUID.randomUUID();
        ChatClient.of("carol").joins("general").close();
        portal.signsIn("carol");
        try (Firefox firefox = Firefox.start(); ChatClient bob = ChatClient.of("bob").joins("general")) {
            firefox.opens(portal.address());
            await().until(() -> firefox.evaluates(SHADOW + "?.querySelector('.box textarea')?.checkVisibility()").equals("true"));
            firefox.evaluates("(box => (box.value = '" + text + "', box.form.requestSubmit()))(" + SHADOW + ".querySelector('textarea'))");
            await().until(() -> shownIn(firefox, "[data-state=sent]").contains(text));
            String answer = "heard " + UUID.randomUUID();
            bob.posts(answer);
            await().until(() -> shownIn(firefox, ".message").contains(answer));
            assertThat(firefox.complaints()).isEmpty();
        }
    }

    @Test
    void runsNothingOfHostileMarkdownUnderTrustedTypes() throws IOException {
        String room = Http.of("alice").createsRoom();
        portal.shows(example(GUIDE).replace("room=\"general\"", "room=\"" + room + "\""), policy());
        Page page = browser.opens(portal.address(), 1000, 700);
        assertThat(page.getByRole(AriaRole.LOG)).hasAttribute("aria-busy", "false");
        String module = Files.readString(Path.of(System.getProperty("basedir", "")).resolve(VECTORS)).replace("export const", "const");
        List<?> texts = (List<?>) page.evaluate("() => {" + module + "return [...vectors, ...Object.values(exhausting)]"
                + ".filter(text => /[^\\s\\u0301]/.test(text) && !text.includes('\\0')); }");
        assertThat(texts).hasSizeGreaterThan(100);
        long last = 0;
        try (ChatClient bob = ChatClient.of("bob").joins(room)) {
            for (Object text : texts) {
                last = bob.posts(text.toString());
            }
        }
        assertThat(page.locator(".message[data-offset='" + last + "']")).hasCount(1);
        assertThat(page.evaluate("() => window.ran")).isNull();
        assertThat((List<?>) page.evaluate("() => [..." + SHADOW + ".querySelectorAll('.text a')].map(a => a.protocol + a.target + a.rel)"))
                .isNotEmpty().map(Object::toString).allMatch(link -> link.matches("(https?|mailto):_blanknoopener noreferrer nofollow"));
        assertThat(page.locator(".text")
                .locator("script, img, iframe, object, embed, form, input, style, link, base, svg[onload]"))
                .hasCount(0);
        assertThat(browser.complaints()).isEmpty();
    }

    private static String shownIn(Firefox firefox, String selector) {
        return firefox.evaluates("[..." + SHADOW + ".querySelectorAll('" + selector + "')].map(element => element.textContent).join()");
    }

    private void chats(Page page) {
        String text = "said from another origin " + UUID.randomUUID();
        try (ChatClient bob = ChatClient.of("bob").joins("general")) {
            writes(page, text);
            String answer = "heard " + UUID.randomUUID();
            bob.posts(answer);
            assertThat(message(page, answer)).isVisible();
        }
        assertThat(page.getByRole(AriaRole.LOG)).isVisible();
        assertThat(browser.complaints()).isEmpty();
    }

    private static void writes(Page page, String text) {
        assertThat(page.getByRole(AriaRole.LOG)).hasAttribute("aria-busy", "false");
        People.joins(page);
        box(page).fill(text);
        box(page).press("Enter");
        assertThat(message(page, text)).hasAttribute("data-state", "sent");
    }

    private static Locator box(Page page) {
        return page.getByLabel(Pattern.compile("^Message "));
    }

    private static Locator message(Page page, String text) {
        return page.locator(".message").filter(new Locator.FilterOptions().setHasText(text));
    }

    // The first HTML block with the tag.
    private static String example(Path document) throws IOException {
        String block = blocks(document, "html").stream().filter(html -> html.contains("<parley-chat")).findFirst().orElseThrow();
        assertThat(block).contains(EXAMPLE);
        return block.replace(EXAMPLE, Server.base().toString());
    }

    private static String policy() throws IOException {
        String policy = blocks(GUIDE, "text").getFirst();
        String host = Server.base().getAuthority();
        assertThat(policy).contains("'nonce-{nonce}'", "require-trusted-types-for 'script'", "trusted-types 'none'")
                .doesNotContain("unsafe");
        return policy.replace("https://your-server", "http://" + host).replace("wss://your-server", "ws://" + host);
    }

    private static List<String> blocks(Path document, String language) throws IOException {
        String text = Files.readString(Path.of(System.getProperty("basedir", "")).resolve(document));
        return Pattern.compile("(?ms)^```" + language + "\n(.*?)^```$").matcher(text).results().map(MatchResult::group)
                .map(block -> block.substring(block.indexOf('\n') + 1, block.lastIndexOf("```")).strip()).toList();
    }
}
