package parley.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;
import parley.kit.Json;
import tools.jackson.databind.JsonNode;

/**
 * The Firefox of this machine, driven by WebDriver BiDi, which it speaks itself: Playwright would want a Firefox of its own. Without one
 * the tests that need it are skipped, and say so loudly. One thread.
 */
final class Firefox implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 60;
    private static final Pattern LISTENING = Pattern.compile("WebDriver BiDi listening on (ws://\\S+)");

    private final Process process;
    private final Path profile;
    private final Dialogue dialogue = new Dialogue();
    private final WebSocket socket;
    private final String context;
    private long lastId;

    private Firefox(Process process, Path profile, String address) {
        this.process = process;
        this.profile = profile;
        this.socket = HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(URI.create(address + "/session"), dialogue).join();
        asks("session.new", Map.of("capabilities", Map.of()));
        asks("session.subscribe", Map.of("events", List.of("log.entryAdded")));
        this.context = asks("browsingContext.getTree", Map.of()).get("contexts").get(0).get("context").stringValue();
    }

    static Firefox start() {
        String executable = Stream.of("firefox-esr", "firefox").flatMap(Browser::onPath).findFirst().map(Path::toString)
                .orElseThrow(Firefox::isMissing);
        try {
            Path profile = Files.createTempDirectory("parley-firefox");
            ProcessBuilder builder = new ProcessBuilder(executable, "--headless", "--no-remote", "--profile", profile.toString(),
                    "--remote-debugging-port", "0", "about:blank").redirectErrorStream(true);
            builder.environment().put("HOME", profile.toString());
            return begun(builder.start(), profile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Firefox begun(Process process, Path profile) {
        CompletableFuture<String> address = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> reads(process.inputReader(), address));
        try {
            return new Firefox(process, profile, address.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join());
        } catch (RuntimeException | Error failed) {
            process.destroyForcibly();
            throw failed;
        }
    }

    void opens(URI address) {
        asks("browsingContext.navigate", Map.of("context", context, "url", address.toString(), "wait", "complete"));
    }

    /** What an expression of JavaScript gives in the page, as text; a promise is waited for. */
    String evaluates(String expression) {
        JsonNode result = asks("script.evaluate", Map.of("expression", "(async () => String(await (" + expression + ")))()",
                "target", Map.of("context", context), "awaitPromise", true));
        assertThat(result.get("type").stringValue()).as("%s", result).isEqualTo("success");
        return result.get("result").get("value").stringValue();
    }

    /** Errors on the console so far, without those about the icon that Firefox looks for: violations of the policy are among them. */
    List<String> complaints() {
        return dialogue.complaints.stream().filter(complaint -> !complaint.contains("favicon.ico")).toList();
    }

    @Override
    public void close() {
        socket.abort();
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            try (Stream<Path> files = Files.walk(profile)) {
                files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private JsonNode asks(String method, Map<String, ?> parameters) {
        long id = ++lastId;
        CompletableFuture<JsonNode> answer = dialogue.expects(id);
        socket.sendText(Json.text(Map.of("id", id, "method", method, "params", parameters)), true).join();
        JsonNode message = answer.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        assertThat(message.has("result")).as("%s: %s", method, message).isTrue();
        return message.get("result");
    }

    // To its end, or the browser would wait for somebody who reads on.
    private static void reads(BufferedReader lines, CompletableFuture<String> address) {
        try (lines) {
            for (String line; (line = lines.readLine()) != null;) {
                Matcher found = LISTENING.matcher(line);
                if (found.find()) {
                    address.complete(found.group(1));
                }
            }
            address.completeExceptionally(new IllegalStateException("Firefox ended"));
        } catch (IOException ended) {
            address.completeExceptionally(ended);
        }
    }

    private static TestAbortedException isMissing() {
        System.err.println("""

                ****************************************************************
                *  No Firefox is installed: THE TESTS IN FIREFOX ARE SKIPPED.  *
                ****************************************************************
                """);
        return new TestAbortedException("no Firefox on the PATH");
    }

    /** Answers to those who asked, and what the page complained about. */
    private static final class Dialogue implements WebSocket.Listener {
        private final Map<Long, CompletableFuture<JsonNode>> expected = new ConcurrentHashMap<>();
        private final List<String> complaints = new CopyOnWriteArrayList<>();
        private final StringBuilder text = new StringBuilder();

        CompletableFuture<JsonNode> expects(long id) {
            return expected.computeIfAbsent(id, asked -> new CompletableFuture<>());
        }

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                heard(Json.read(text.toString()));
                text.setLength(0);
            }
            from.request(1);
            return null;
        }

        private void heard(JsonNode message) {
            if (message.has("id") && message.get("id").isNumber()) {
                Optional.ofNullable(expected.remove(message.get("id").longValue())).ifPresent(waiting -> waiting.complete(message));
            } else if (message.has("params") && message.get("params").path("level").asString("").equals("error")) {
                complaints.add(message.get("params").get("text").asString(""));
            }
        }
    }
}
