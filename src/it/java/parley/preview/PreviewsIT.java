package parley.preview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import parley.kit.ChatClient;
import parley.kit.Expected;
import parley.kit.Http;
import parley.kit.LinkedPages;
import parley.kit.Reply;
import parley.kit.Server;
import tools.jackson.databind.JsonNode;

/** Previews of links to pages of this machine, which the settings list as a private host. Links to all other hosts have none. */
class PreviewsIT {

    private static final Expected PREVIEWED = of("message.previewed");

    private final String room = Http.of("alice").createsPrivateRoom();
    @AutoClose
    private final LinkedPages pages = LinkedPages.on(Server.pagesPort());
    @AutoClose
    private final ChatClient alice = ChatClient.of("alice");
    @AutoClose
    private final ChatClient bob = ChatClient.of("bob");

    PreviewsIT() {
        Http.of("alice").setsRole(room, "bob", "member");
        alice.subscribes(room);
        bob.subscribes(room);
    }

    @Test
    void everyoneSeesWhatAPageSaysOfItselfUntilTheMessageIsGone() {
        String path = unique();
        String url = pages.adds(path, "The plan", "<meta name=description content='What we do next.'>"
                + "<meta property=og:image content='" + path + ".png'>");
        pages.adds(path + ".png", "image/png", png());
        String epoch = bob.subscribes(room).get("epoch").stringValue();
        long message = alice.posts("See " + url + ".");

        JsonNode event = bob.receives(PREVIEWED);
        assertThat(event.get("message").longValue()).isEqualTo(message);
        assertThat(event.at("/by/id").stringValue()).isEqualTo("alice");
        JsonNode preview = event.get("previews").get(0);
        assertThat(preview.get("url").stringValue()).isEqualTo(url);
        assertThat(preview.get("title").stringValue()).isEqualTo("The plan");
        assertThat(preview.get("text").stringValue()).isEqualTo("What we do next.");
        assertThat(shown(message).get("previews")).isEqualTo(event.get("previews"));
        String picture = "/api/previews/" + preview.get("picture").stringValue();
        assertThat(Http.of("bob").get(picture).header("Content-Type")).contains("image/jpeg");
        assertThat(Http.of("carol").get(picture).status()).isEqualTo(404);
        assertThat(Http.anonymous().get(picture).status()).isEqualTo(401);

        assertThat(bob.asks("message.unpreview", Map.of("room", room, "message", message, "url", url)).refusal()).isEqualTo("forbidden");
        alice.asks("message.delete", Map.of("room", room, "message", message)).ok();
        assertThat(Http.of("bob").get(picture).status()).isEqualTo(404);
        assertThat(shown(message).has("previews")).isFalse();
        bob.asks("unsubscribe", Map.of("room", room)).ok();
        bob.received();
        bob.asks("subscribe", Map.of("room", room, "since", Map.of("epoch", epoch, "offset", message - 1))).ok();
        assertThat(bob.receivesLogged(3)).allSatisfy(logged -> assertThat(logged.has("previews")).isFalse());
    }

    @Test
    void anAuthorRemovesAPreviewForGood() {
        String first = pages.adds(unique(), "One", "");
        String second = pages.adds(unique(), "Two", "");
        long message = alice.posts(first + " " + second);
        assertThat(urls(bob.receives(PREVIEWED))).containsExactly(first, second);
        Reply removed = unpreview(message, first);
        JsonNode event = bob.receives(PREVIEWED);
        assertThat(urls(event)).containsExactly(second);
        assertThat(event.get("removed").booleanValue()).isTrue();
        assertThat(event.get("offset").longValue()).isEqualTo(removed.offset());
        assertThat(unpreview(message, first).offset()).as("again").isEqualTo(removed.offset());

        String third = pages.adds(unique(), "Three", "");
        edit(message, first + " " + second + " " + third);
        assertThat(urls(bob.receives(of("message.edited")))).containsExactly(second);
        // The next message has its preview, so this one's turn has passed.
        alice.posts(third);
        assertThat(bob.receives(PREVIEWED).get("message").longValue()).isNotEqualTo(message);
        assertThat(urls(shown(message))).containsExactly(second);
    }

    @Test
    void anEditRemovesFormerPreviewsFromTheLogAndAddsNewOnes() {
        String former = pages.adds(unique(), "Former", "");
        String latter = pages.adds(unique(), "Latter", "");
        long message = alice.posts(former);
        long previewed = bob.receives(PREVIEWED).get("offset").longValue();
        String epoch = alice.asks("subscribe", Map.of("room", room)).ok().get("epoch").stringValue();
        edit(message, "now " + latter);
        assertThat(bob.receives(of("message.edited")).has("previews")).isFalse();
        assertThat(urls(bob.receives(PREVIEWED))).containsExactly(latter);
        assertThat(urls(shown(message))).containsExactly(latter);

        alice.asks("unsubscribe", Map.of("room", room)).ok();
        alice.received();
        alice.asks("subscribe", Map.of("room", room, "since", Map.of("epoch", epoch, "offset", previewed - 1))).ok();
        List<JsonNode> events = alice.receivesLogged(3);
        assertThat(events.getFirst().get("offset").longValue()).isEqualTo(previewed);
        assertThat(events.getFirst().has("previews")).isFalse();
        assertThat(urls(events.getLast())).containsExactly(latter);
    }

    @Test
    void pagesThatMustNotBeFetchedHaveNoPreview() {
        String away = pages.redirects(unique(), "http://127.0.0.1:" + Server.base().getPort() + "/parley/");
        alice.posts("http://127.0.0.1:" + Server.pagesPort() + "/ " + Server.base() + "/ " + away);
        alice.posts("http://[::1]/ https://169.254.169.254/ file:///etc/passwd");
        String last = pages.adds(unique(), "Fetched", "");
        long message = alice.posts(last);
        assertThat(bob.receives(PREVIEWED).get("message").longValue()).isEqualTo(message);
        await().until(() -> pages.asked().contains(away.substring(away.lastIndexOf('/'))));
        assertThat(pages.asked()).doesNotContain("/");
    }

    private Reply unpreview(long message, String url) {
        return alice.asks("message.unpreview", Map.of("room", room, "message", message, "url", url));
    }

    private void edit(long message, String text) {
        alice.asks("message.edit", Map.of("room", room, "message", message, "text", text)).ok();
    }

    private JsonNode shown(long message) {
        return Http.of("bob").get("/api/rooms/" + room + "/messages/" + message).json(200);
    }

    private static List<String> urls(JsonNode of) {
        return of.get("previews").valueStream().map(preview -> preview.get("url").stringValue()).toList();
    }

    // The server remembers pages, also those of other tests.
    private static String unique() {
        return "/" + UUID.randomUUID();
    }

    private static Expected of(String type) {
        return new Expected(type, event -> event.path("type").asString("").equals(type));
    }

    private static byte[] png() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB), "png", out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }
}
