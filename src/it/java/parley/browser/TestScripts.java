package parley.browser;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/**
 * The scripts of {@code src/test/javascript}, below {@code test/} of the application. Playwright's own routes would take each request of
 * the page and switch the cache off.
 */
final class TestScripts {

    private static final Path FOLDER = Path.of(System.getProperty("basedir", ""), "src/test/javascript").toAbsolutePath();

    private TestScripts() {
    }

    /** Serves the scripts to this page. */
    static void serve(Page page) {
        CDPSession devtools = page.context().newCDPSession(page);
        devtools.on("Fetch.requestPaused", paused -> fulfil(devtools, paused));
        JsonObject scripts = new JsonObject();
        scripts.addProperty("urlPattern", "*/test/*.js");
        JsonArray patterns = new JsonArray();
        patterns.add(scripts);
        JsonObject enabled = new JsonObject();
        enabled.add("patterns", patterns);
        devtools.send("Fetch.enable", enabled);
    }

    private static void fulfil(CDPSession devtools, JsonObject paused) {
        URI address = URI.create(paused.getAsJsonObject("request").get("url").getAsString());
        JsonObject type = new JsonObject();
        type.addProperty("name", "Content-Type");
        type.addProperty("value", "text/javascript");
        JsonArray headers = new JsonArray();
        headers.add(type);
        JsonObject answer = new JsonObject();
        answer.addProperty("requestId", paused.get("requestId").getAsString());
        answer.addProperty("responseCode", 200);
        answer.add("responseHeaders", headers);
        answer.addProperty("body", Base64.getEncoder().encodeToString(read(FOLDER.resolve(Path.of(address.getPath()).getFileName()))));
        devtools.send("Fetch.fulfillRequest", answer);
    }

    private static byte[] read(Path script) {
        try {
            return Files.readAllBytes(script);
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }
}
