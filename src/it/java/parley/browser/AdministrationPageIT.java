package parley.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.ViewportSize;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import parley.kit.Bot;
import parley.kit.ChatClient;
import parley.kit.Http;
import parley.kit.Server;
import tools.jackson.databind.JsonNode;

/** The administration page, by keyboard. With {@code -Dparley.pictures=true}, each section is a picture in {@code target/screenshots}. */
class AdministrationPageIT {

    private static final boolean PICTURES = Boolean.getBoolean("parley.pictures");
    private static final Path FOLDER = Path.of(System.getProperty("basedir", ""), "target/screenshots");

    @RegisterExtension
    static final People people = new People();

    @Test
    void othersAreToldThatItIsNotForThem() {
        Page page = people.browser().opens(Server.at("/administration/"), 1280, 800);
        page.route("**/dev/token", route -> route.resume(new Route.ResumeOptions().setPostData("{\"user\":\"bob\"}")));
        signIn(page, "bob");
        assertThat(page.locator(".state")).containsText("Only administrators can use this page.");
        assertThat(page.locator("tbody tr")).hasCount(0);
    }

    @Test
    void administratorsReachEachSectionAndCloseARoomByKeyboard() {
        String name = "Closing " + UUID.randomUUID();
        String room = Http.of("alice").post("/api/rooms", Map.of("name", name, "kind", "private")).json(201).get("id").stringValue();
        // So low that each section scrolls.
        Page page = people.browser().opens(Server.at("/administration/"), 1280, PICTURES ? 800 : 360);
        Accessibility.ALL.check(page, "the sign-in");
        signIn(page, "carol");
        List<String> sections = page.locator("#sections a").allInnerTexts();
        assertThat(sections).as("sections").hasSizeGreaterThan(15);
        for (String section : sections) {
            Locator link = page.locator("#sections a")
                    .filter(new Locator.FilterOptions().setHasText(Pattern.compile("^\\s*" + section + "\\s*$")));
            link.focus();
            page.keyboard().press("Enter");
            assertThat(page.locator("#section h1")).hasText(section);
            assertThat(page.locator("[aria-busy]")).hasCount(0);
            assertThat(page.locator(".state.bad")).hasCount(0);
            Accessibility.ALL.check(page, section);
            picture(page, section);
        }

        page.locator("#sections a").filter(new Locator.FilterOptions().setHasText("Rooms")).focus();
        page.keyboard().press("Enter");
        page.getByLabel("Name or id").focus();
        page.keyboard().insertText(room);
        page.keyboard().press("Enter");
        assertThat(page.locator("tbody tr")).hasCount(1);
        assertThat(page.locator("tbody th")).hasText(name);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Close").setExact(true)).focus();
        page.keyboard().press("Enter");
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        // The focus is on the button that cancels.
        page.keyboard().press("Enter");
        assertThat(dialog).hasCount(0);
        page.keyboard().press("Enter");
        assertThat(dialog).containsText(name);
        Accessibility.ALL.check(page, "a confirmation");
        picture(page, "Confirmation");
        page.keyboard().press("Tab");
        page.keyboard().press("Enter");
        assertThat(page.locator("#said")).hasText("Done.");
        assertThat(page.locator("tbody tr")).hasCount(0);
        assertThat(Http.of("alice").get("/api/rooms/" + room).status()).isEqualTo(404);
        assertThat(people.browser().complaints()).isEmpty();
    }

    @Test
    void aFeatureThatIsSwitchedOffLeavesThePagesUntilItIsOnAgain() {
        Page alice = people.enters("Alice", Http.of("alice").createsRoom());
        assertThat(alice.locator(".pins-button")).isVisible();
        Page page = people.browser().opens(Server.at("/administration/#/features"), 1280, 800);
        signIn(page, "carol");
        Locator pins = page.locator("tbody tr").filter(new Locator.FilterOptions().setHasText("Pins"));
        try {
            pins.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Switch off")).click();
            Locator dialog = page.getByRole(AriaRole.DIALOG);
            assertThat(dialog).containsText("Nothing is deleted.");
            dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Switch off")).click();
            assertThat(page.locator("#said")).hasText("Switched off.");
            assertThat(pins).containsText("by carol");
            assertThat(alice.locator(".pins-button")).isHidden();
            Accessibility.ALL.check(page, "a feature that is off");
            picture(page, "Feature-off");

            pins.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Switch on")).click();
            assertThat(page.locator("#said")).hasText("Switched on.");
            assertThat(alice.locator(".pins-button")).isVisible();
        } finally {
            Bot.administrator().put("/api/administration/features/pins", Map.of("on", true));
        }
        assertThat(people.browser().complaints()).isEmpty();
    }

    @Test
    void aCustomEmojiIsAddedWrittenShownAndPicked() throws IOException {
        String room = Http.of("alice").createsRoom();
        Page page = people.browser().opens(Server.at("/administration/#/emoji"), 1280, 800);
        signIn(page, "carol");
        try {
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Add an emoji")).click();
            page.getByLabel("Picture").setInputFiles(new FilePayload("Party Parrot.png", "image/png", picture()));
            assertThat(page.getByLabel("Name").last()).hasValue("party_parrot");
            Accessibility.ALL.check(page, "adding an emoji");
            picture(page, "Emoji-adding");
            page.getByRole(AriaRole.DIALOG).getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Add an emoji")).click();
            assertThat(page.locator("#said")).hasText("Added.");
            assertThat(page.locator("tbody th")).hasText(":party_parrot:");
            isDrawn(page.locator("tbody img.emoji"));
            Accessibility.ALL.check(page, "a custom emoji");
            picture(page, "Emoji-added");

            Page alice = people.enters("Alice", room);
            Locator box = alice.getByRole(AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName(Pattern.compile("^Message ")));
            box.pressSequentially("We ship :party_pa");
            isDrawn(alice.locator(".suggestions img.custom-emoji"));
            picture(alice, "Chat-emoji-completion");
            box.press("Enter");
            assertThat(box).hasValue("We ship :party_parrot: ");
            box.press("Enter");
            isDrawn(alice.locator(".message .text img.custom-emoji"));
            try (ChatClient bob = ChatClient.of("bob").joins(room)) {
                JsonNode message = Http.of("bob").get("/api/rooms/" + room + "/messages").json(200).get("messages").get(0);
                assertThat(bob.asks("reaction.add", Map.of("room", room, "message", message.get("offset").longValue(), "emoji",
                        ":party_parrot:")).offset()).isPositive();
            }
            isDrawn(alice.locator(".chip img.custom-emoji"));
            alice.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Emoji").setExact(true)).click();
            isDrawn(alice.locator(".picker [data-emoji=':party_parrot:'] img").first());
            Accessibility.ALL.check(alice, "the picker with a custom emoji");
            picture(alice, "Chat-emoji");
            alice.keyboard().press("Escape");

            page.locator("tbody").getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Delete")).click();
            page.getByRole(AriaRole.DIALOG).getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Delete")).click();
            assertThat(page.locator("#said")).hasText("Deleted.");
            Page bob = people.enters("Bob", room);
            assertThat(bob.locator(".message .text").first()).hasText("We ship :party_parrot:");
            assertThat(bob.locator(".custom-emoji")).hasCount(0);
        } finally {
            Bot.administrator().delete("/api/administration/emoji/party_parrot");
        }
        assertThat(people.browser().complaints()).isEmpty();
    }

    private static void isDrawn(Locator image) {
        assertThat(image).isVisible();
        assertThat(image).hasJSProperty("naturalWidth", 64);
    }

    private static byte[] picture() throws IOException {
        BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_ARGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.ORANGE);
        graphics.fillOval(4, 4, 56, 56);
        graphics.dispose();
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(image, "png", png);
        return png.toByteArray();
    }

    private static void signIn(Page page, String name) {
        // It is there before it is shown, and takes no text then.
        assertThat(page.getByLabel("Name")).isVisible();
        page.getByLabel("Name").focus();
        page.keyboard().insertText(name);
        page.keyboard().press("Enter");
        assertThat(page.locator("#who")).hasText(name);
    }

    private static void picture(Page page, String name) {
        if (PICTURES) {
            String file = "administration-" + name.toLowerCase(Locale.ROOT);
            page.screenshot(new Page.ScreenshotOptions().setPath(FOLDER.resolve(file + ".png")));
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
            page.screenshot(new Page.ScreenshotOptions().setPath(FOLDER.resolve(file + "-dark.png")));
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
            ViewportSize before = page.viewportSize();
            page.setViewportSize(390, 844);
            page.screenshot(new Page.ScreenshotOptions().setPath(FOLDER.resolve(file + "-phone.png")));
            page.setViewportSize(before.width, before.height);
        }
    }
}
