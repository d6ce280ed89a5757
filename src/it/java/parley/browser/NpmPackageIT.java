package parley.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static parley.kit.Expected.posted;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import parley.kit.ChatClient;
import parley.kit.Http;
import parley.kit.Server;
import parley.server.ChildProcess;

/**
 * The npm package, packed and installed outside the tree: the examples of the documentation chat under their own Content Security Policy,
 * and their types check strictly. Skipped where the build made no package, or where npm doesn't reach its registry.
 */
class NpmPackageIT {

    private static final Path BASE = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    private static final Path PACKAGE = BASE.resolve("target/npm");
    private static final Path EXAMPLES = BASE.resolve("src/site/examples");
    private static final Path LOGS = BASE.resolve("target/it/npm");
    private static final String LOCAL = "file:../../../../target/npm";
    /** What a person's file may not do. Without an error at the next line, the compiler reports the directive. */
    private static final String MISUSE = """
            import { Session, type RoomState } from '@parley/client';
            import type { ParleyChatElement } from '@parley/client/element';
            import { ParleyChat, useRoom } from '@parley/client/react';
            declare const session: Session, room: RoomState, chat: ParleyChatElement;
            const texts: (string | undefined)[] = room.messages.map((message) => message.text);
            session.on('stats', ({ roundTrips }) => roundTrips.at(-1)?.toFixed(texts.length));
            chat.tokenProvider = async () => null;
            // @ts-expect-error a server is needed
            new Session({ token: async () => null });
            // @ts-expect-error internals are not exposed
            session.acts;
            // @ts-expect-error no such event
            session.on('nothing', () => {});
            // @ts-expect-error no such field
            room.messages[0]!.offsets;
            // @ts-expect-error a token must be a promise
            <ParleyChat token={() => 'token'} />;
            // @ts-expect-error a text is needed
            useRoom(session, 'general').post();
            """;

    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static Path apps;
    private static CompletableFuture<Void> built;

    @BeforeAll
    static void installApps() throws IOException, InterruptedException {
        assumeTrue(Files.exists(PACKAGE.resolve("package.json")), "The build made no npm package: Node or npm is missing.");
        apps = Files.createTempDirectory("parley-examples");
        Output packed = runs(PACKAGE, "npm", "pack", "--pack-destination", apps.toString());
        assertThat(packed.code()).as(packed.text()).isZero();
        copiesExamples(apps.resolve(packed.text().strip().lines().toList().getLast()));
        Output installed = runs(apps, "npm", "install", "--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error");
        assumeTrue(installed.code() == 0 || runs(apps, "npm", "ping").code() == 0, "npm doesn't reach its registry.");
        assertThat(installed.code()).as(installed.text()).isZero();
        Http.of("alice").post("/api/rooms", Map.of("id", "general", "name", "General"));
        // On a thread of its own: one that waits would keep the common pool, and with it each connection of this JVM, from going on.
        built = CompletableFuture.runAsync(() -> Stream.of("react", "vue", "element").forEach(app -> passes(app, "build")),
                Thread::startVirtualThread);
    }

    @AfterAll
    static void deleteApps() throws IOException {
        if (apps != null) {
            built.exceptionally(failed -> null).join();
            try (Stream<Path> files = Files.walk(apps)) {
                files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
            }
        }
    }

    @Test
    void typesCheckStrictlyAndExposeNoInternals() throws IOException {
        Files.writeString(apps.resolve("react/src/misuse.tsx"), MISUSE);
        var checks = Stream.of("react", "vue", "headless")
                .map(app -> CompletableFuture.runAsync(() -> passes(app, "types"), Thread::startVirtualThread))
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(checks).join();
    }

    @Test
    void reactAppChats() {
        chatsInApp("react");
    }

    @Test
    void vueAppChats() {
        chatsInApp("vue");
    }

    @Test
    void elementChats() {
        try (ChildProcess preview = previews("element"); Browser browser = Browser.start()) {
            chatsInElement(browser.opens(portal(), 1000, 700));
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void botAnswersFromNodeOverAWebSocketAndOverHttp() {
        for (String socket : List.of("ws", "none")) {
            String room = Http.of("alice").createsRoom();
            File log = LOGS.resolve("bot-" + socket + ".log").toFile();
            Map<String, String> environment = Map.of("PARLEY", Server.base().toString(), "BOT", "bob", "ROOM", room, "SOCKET", socket);
            try (ChatClient alice = ChatClient.of("alice").joins(room);
                    ChildProcess bot = ChildProcess.start(List.of("node", apps.resolve("headless/bot.js").toString()), environment, log)) {
                await().until(() -> Files.readString(log.toPath()).contains(socket.equals("ws") ? "over websocket" : "over stream"));
                alice.posts("ping");
                alice.receives(posted("pong, Alice"));
                assertThat(bot.isAlive()).isTrue();
            }
        }
    }

    @Test
    void aProgramGetsOnlyWhatItImports() throws IOException, InterruptedException {
        Path program = apps.resolve("headless/small.js");
        Files.writeString(program, "import { Problem } from '@parley/client';\nconsole.log(Problem);\n");
        Output bundled = runs(apps, "node_modules/.bin/esbuild", program.toString(), "--bundle", "--minify", "--format=esm");
        assertThat(bundled.code()).isZero();
        assertThat(bundled.text()).contains("retryAfter").hasSizeLessThan(1_500);
    }

    private static void chatsInApp(String app) {
        try (ChildProcess preview = previews(app); Browser browser = Browser.start();
                ChatClient bob = ChatClient.of("bob").joins("general")) {
            Page page = browser.opens(portal(), 1000, 700);
            assertThat(page.locator("section[data-status=live]")).isVisible();
            Locator join = page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Join"));
            if (join.isVisible()) {
                join.click();
            }
            String text = "said in " + app + " " + UUID.randomUUID();
            page.getByLabel("Message").fill(text);
            page.getByLabel("Message").press("Enter");
            bob.receives(posted(text));
            assertThat(page.locator("li:has(b)").filter(new Locator.FilterOptions().setHasText(text))).hasCount(1);
            assertThat(page.locator("li[data-state]")).hasCount(0);
            String answer = "heard " + UUID.randomUUID();
            bob.posts(answer);
            assertThat(page.getByText(answer)).isVisible();
            page.getByText("Open the chat").click();
            chatsInElement(page);
            page.getByText("Close the chat").click();
            assertThat(page.getByText(answer)).isVisible();
            assertThat(browser.complaints()).isEmpty();
        }
    }

    private static void chatsInElement(Page page) {
        assertThat(page.getByRole(AriaRole.LOG)).hasAttribute("aria-busy", "false");
        People.joins(page);
        String text = "said in the element " + UUID.randomUUID();
        Locator box = page.locator(".main .composer textarea");
        box.fill(text);
        box.press("Enter");
        assertThat(page.locator(".main .message").filter(new Locator.FilterOptions().setHasText(text))).hasAttribute("data-state", "sent");
    }

    private static URI portal() {
        return URI.create("http://localhost:" + Server.portalPort() + "/");
    }

    private static void copiesExamples(Path tarball) throws IOException {
        try (Stream<Path> files = Files.walk(EXAMPLES)) {
            for (Path file : files.filter(Files::isRegularFile).filter(path -> !path.toString().contains("node_modules")).toList()) {
                Path copy = apps.resolve(EXAMPLES.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.writeString(copy, Files.readString(file).replace(LOCAL, "file:" + tarball));
            }
        }
    }

    private static void passes(String app, String script) {
        try {
            Output output = runs(apps.resolve(app), "npm", "run", script, "--silent");
            assertThat(output.code()).as(app + ", " + script + ": " + output.text()).isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Serves the built app as its documentation says. */
    private static ChildProcess previews(String app) {
        built.join();
        List<String> command = List.of("node", apps.resolve("node_modules/vite/bin/vite.js").toString(), "preview",
                apps.resolve(app).toString(), "--host", "localhost", "--port", String.valueOf(Server.portalPort()), "--strictPort");
        ChildProcess preview = ChildProcess.start(command, environment(), LOGS.resolve("preview-" + app + ".log").toFile());
        await().until(NpmPackageIT::isServed);
        return preview;
    }

    private static boolean isServed() throws IOException, InterruptedException {
        try {
            return HTTP.send(HttpRequest.newBuilder(portal()).build(), HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (ConnectException notYet) {
            return false;
        }
    }

    private static Map<String, String> environment() {
        return Map.of("VITE_PARLEY", Server.base().toString());
    }

    private record Output(int code, String text) {
    }

    private static Output runs(Path folder, String... command) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment());
        Process process = builder.start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).as(text).isTrue();
        return new Output(process.exitValue(), text);
    }
}
