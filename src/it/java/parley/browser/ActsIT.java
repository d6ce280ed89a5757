package parley.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import parley.kit.ChatClient;
import parley.kit.Http;
import parley.kit.LinkedPages;
import parley.kit.Server;

/** People act on messages, against the real server. Alice owns the room. */
class ActsIT {

    /** Milliseconds in which the person can undo a deletion. */
    private static final long UNDO_WITHIN = 5_000;
    private static final LocatorAssertions.HasTextOptions SOON = new LocatorAssertions.HasTextOptions().setTimeout(15_000);
    private static final LocatorAssertions.ContainsTextOptions SOON_AMONG_OTHERS = new LocatorAssertions.ContainsTextOptions()
            .setTimeout(15_000);

    @RegisterExtension
    static final People people = new People();

    private Browser browser;
    private String room;
    private String id;

    @BeforeEach
    void createRoom() {
        browser = people.browser();
        room = "Acts " + UUID.randomUUID();
        id = Http.of("alice").post("/api/rooms", Map.of("name", room, "topic", "What we agreed on")).json(201).get("id").stringValue();
    }

    @Test
    void edits() {
        Page alice = enters("Alice");
        Page bob = enters("Bob");
        writes(alice, "frist");
        assertThat(message(bob, "frist")).isVisible();
        box(alice).press("ArrowUp");
        Locator editor = alice.getByRole(AriaRole.TEXTBOX, named("Edit message"));
        assertThat(editor).isFocused();
        editor.press("Escape");
        assertThat(box(alice)).isFocused();
        box(alice).press("ArrowUp");
        editor.fill("first");
        editor.press("Enter");
        assertThat(message(bob, "first")).containsText("(edited)");
        assertThat(message(bob, "frist")).hasCount(0);

        message(bob, "first").getByText("(edited)").click();
        assertThat(dialog(bob, "Edit history").locator(".text")).hasText(new String[] {"first", "frist"});
        bob.keyboard().press("Escape");
        message(bob, "first").hover();
        assertThat(bob.getByRole(AriaRole.GROUP, named("Message actions")).getByRole(AriaRole.BUTTON, called("Edit message"))).hasCount(0);
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void aMessageWaitsUntilAModeratorApprovesIt() {
        Http owner = Http.of("alice");
        List.of("hold", "block").forEach(action -> owner.post("/api/rooms/" + id + "/rules",
                Map.of("kind", "word", "pattern", action + " me", "action", action)).json(201));
        Page alice = enters("Alice");
        Page bob = enters("Bob");
        box(bob).fill("Block me");
        box(bob).press("Enter");
        assertThat(message(bob, "Block me")).containsText("A rule here doesn't allow this text.");
        box(bob).fill("Please hold me");
        box(bob).press("Enter");
        assertThat(message(bob, "Please hold me")).containsText("Waits until a moderator approves it.");
        picture(bob, "held");

        Locator dialog = opensModeration(alice);
        assertThat(dialog).containsText("Please hold me");
        Accessibility.ALL.check(alice, "moderation");
        picture(alice, "moderation");
        dialog.getByRole(AriaRole.BUTTON, called("Approve")).click();
        assertThat(dialog).containsText("No message waits.");
        dialog.getByLabel("Word, phrase or site").fill("*");
        dialog.getByRole(AriaRole.BUTTON, called("Add")).click();
        assertThat(dialog.getByRole(AriaRole.STATUS)).containsText("A word has letters or digits");
        picture(alice, "moderation-refused");
        dialog.getByLabel("Looks for").selectOption("link");
        dialog.getByRole(AriaRole.BUTTON, called("Add")).click();
        assertThat(dialog.getByRole(AriaRole.LISTITEM)).hasText(new Pattern[] {Pattern.compile("hold me"), Pattern.compile("block me"),
            Pattern.compile("Link to any site.*Refuse.*Remove")});
        alice.keyboard().press("Escape");
        assertThat(message(bob, "Please hold me")).hasAttribute("data-state", "sent");
        assertThat(message(alice, "Please hold me")).isVisible();
        assertThat(browser.complaints()).as("the refused rule")
                .containsExactly("Failed to load resource: the server responded with a status of 400 (Bad Request)");
    }

    @Test
    void aModeratorDeletesWhatPeopleReported() {
        Page alice = enters("Alice");
        Page bob = enters("Bob");
        writes(bob, "You are all fools");
        assertThat(message(bob, "You are all fools")).hasAttribute("data-state", "sent");
        try (ChatClient carol = ChatClient.of("carol").joins(id)) {
            String offset = message(bob, "You are all fools").getAttribute("data-offset");
            Http.of("carol").post("/api/rooms/" + id + "/messages/" + offset + "/report",
                    Map.of("reason", "abuse", "note", "He says this every day")).json(201);
        }

        Locator dialog = opensModeration(alice);
        assertThat(dialog).containsText("Insult or harassment. Reported by Carol");
        assertThat(dialog).containsText("He says this every day");
        Accessibility.ALL.check(alice, "a report");
        picture(alice, "reports");
        dialog.getByRole(AriaRole.BUTTON, called("Take")).click();
        assertThat(dialog.getByRole(AriaRole.STATUS)).hasText("You work on this report.");
        dialog.getByRole(AriaRole.BUTTON, called("Delete message")).click();
        assertThat(message(bob, "You are all fools")).isVisible();
        dialog.getByRole(AriaRole.BUTTON, called("Press again: Delete message")).click();
        assertThat(dialog).containsText("No message is reported.");
        assertThat(message(bob, "You are all fools")).hasCount(0);
        // The next test has the same page.
        alice.keyboard().press("Escape");
        assertThat(dialog).hasCount(0);
        assertThat(browser.complaints()).isEmpty();
    }

    private Locator opensModeration(Page page) {
        page.locator(".rooms .room").filter(new Locator.FilterOptions().setHasText(room)).hover();
        page.getByRole(AriaRole.BUTTON, named("Options for " + room)).click();
        page.getByRole(AriaRole.MENUITEM, named("Moderation…")).click();
        return dialog(page, "Moderation of " + room);
    }

    @Test
    void deletesUnlessUndone() {
        Page alice = people.arrives("Alice", id);
        Page bob = people.arrives("Bob", id);
        bob.clock().install();
        writes(bob, "Oops");
        writes(bob, "Secret");
        Locator oops = message(bob, "Oops");
        chooses(bob, oops, "Delete message");
        bob.getByRole(AriaRole.BUTTON, named("Undo")).click();
        assertThat(oops).isVisible();
        assertThat(message(alice, "Oops")).isVisible();

        chooses(bob, message(bob, "Secret"), "Delete message");
        assertThat(message(alice, "Secret")).hasCount(1);
        bob.clock().fastForward(UNDO_WITHIN);
        assertThat(message(alice, "This message was deleted")).isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(15_000));
        assertThat(message(alice, "Secret")).hasCount(0);

        chooses(alice, message(alice, "Oops"), "Delete message");
        alice.close(new Page.CloseOptions().setRunBeforeUnload(false));
        assertThat(message(bob, "Oops")).hasCount(0, new LocatorAssertions.HasCountOptions().setTimeout(15_000));
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void reactsPinsAndAnswersInAThread() {
        Page alice = enters("Alice");
        Page bob = enters("Bob");
        writes(alice, "Lunch at noon?");
        message(bob, "Lunch at noon?").hover();
        bob.getByRole(AriaRole.BUTTON, named("React with 👍")).click();
        Locator chip = message(alice, "Lunch at noon?").getByRole(AriaRole.BUTTON, called(Pattern.compile("^👍 1. Bob reacted")));
        assertThat(chip).hasAttribute("aria-pressed", "false");
        chip.click();
        assertThat(message(bob, "Lunch at noon?").locator(".chip[aria-pressed=true]")).hasText("👍2");

        bob.getByRole(AriaRole.BUTTON, named("Reply in thread")).click();
        assertThat(thread(bob).getByRole(AriaRole.TEXTBOX)).isFocused();
        bob.keyboard().type("I bring the salad");
        bob.keyboard().press("Enter");
        Locator replies = message(alice, "Lunch at noon?").locator(".replies");
        assertThat(replies).containsText("1 reply");
        assertThat(replies.getByRole(AriaRole.IMG, called("Unread replies"))).isVisible();
        assertThat(alice.locator(".main").getByText("I bring the salad")).hasCount(0);
        replies.click();
        assertThat(thread(alice).locator("article").getByText("I bring the salad")).isVisible();
        thread(alice).getByLabel("Also send to").check();
        thread(alice).getByRole(AriaRole.TEXTBOX).fill("Then at noon");
        thread(alice).getByRole(AriaRole.TEXTBOX)
                .press("Enter");
        assertThat(bob.locator(".main .message").filter(new Locator.FilterOptions().setHasText("Then at noon")))
                .containsText("Replied in a thread");
        assertThat(thread(bob).locator("article").getByText("Then at noon")).isVisible();

        alice.keyboard().press("Escape");
        assertThat(thread(alice)).isHidden();
        chooses(alice, message(alice, "Lunch at noon?"), "Pin to room");
        bob.getByRole(AriaRole.BUTTON, named("Show pinned messages")).click();
        assertThat(bob.getByRole(AriaRole.COMPLEMENTARY, named("Pinned messages")).getByText("Lunch at noon?")).isVisible();
        bob.reload();
        opens(bob);
        assertThat(message(bob, "Lunch at noon?").locator(".chips")).containsText("Pinned");
        assertThat(message(bob, "Lunch at noon?").locator(".chip[aria-pressed=true]")).hasText("👍2");
        assertThat(message(bob, "Lunch at noon?").locator(".replies")).containsText("2 replies");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void actsByKeyboardAlone() {
        Page alice = enters("Alice");
        writes(alice, "one");
        writes(alice, "two");
        assertThat(message(alice, "two")).hasAttribute("data-state", "sent");
        alice.getByRole(AriaRole.LOG).first().focus();
        alice.keyboard().press("ArrowUp");
        assertThat(message(alice, "two")).isFocused();
        alice.keyboard().press("ArrowUp");
        assertThat(message(alice, "one")).isFocused();
        alice.keyboard().press("Tab");
        assertThat(alice.getByRole(AriaRole.BUTTON, named("React with 👍"))).isFocused();
        alice.keyboard().press("Enter");
        assertThat(message(alice, "one").locator(".chip[aria-pressed=true]")).isVisible();
        message(alice, "one").focus();
        alice.keyboard().press("p");
        assertThat(message(alice, "one").locator(".chips")).containsText("Pinned");
        alice.keyboard().press("e");
        assertThat(alice.getByRole(AriaRole.TEXTBOX, named("Edit message"))).isFocused();
        alice.keyboard().press("End");
        alice.keyboard().type(" more");
        alice.keyboard().press("Enter");
        assertThat(message(alice, "one more")).isVisible();
        message(alice, "one more").focus();
        alice.keyboard().press("m");
        assertThat(alice.getByRole(AriaRole.MENUITEM, named("Reply in thread"))).isFocused();
        alice.keyboard().press("ArrowDown");
        alice.keyboard().press("ArrowDown");
        alice.keyboard().press("Enter");
        assertThat(box(alice)).hasValue("> one more\n\n");
        message(alice, "one more").focus();
        alice.keyboard().press("?");
        assertThat(dialog(alice, "Keyboard shortcuts")).isVisible();
        alice.keyboard().press("Escape");
        alice.keyboard().press("Control+k");
        assertThat(dialog(alice, "Go to room")).isVisible();
        alice.keyboard().type("general");
        alice.keyboard().press("Enter");
        assertThat(alice.getByRole(AriaRole.HEADING, named("General").setExact(true))).isVisible();
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void sendsAndOpensFiles() throws IOException {
        Page alice = enters("Alice");
        Page bob = enters("Bob");
        SharedPictures pictures = new SharedPictures(alice);
        alice.waitForFileChooser(() -> alice.getByRole(AriaRole.BUTTON, named("Attach files")).click()).setFiles(new FilePayload[] {
            SharedPictures.picture("plan.png", 800, 600), new FilePayload("notes.txt", "text/plain", "bring salad".getBytes(UTF_8))});
        Locator tray = alice.getByRole(AriaRole.GROUP, named("Files of your message"));
        assertThat(tray.locator("li")).hasCount(2);
        assertThat(tray.getByRole(AriaRole.STATUS)).containsText("is ready", SOON_AMONG_OTHERS);
        assertThat(tray.locator("progress:visible")).hasCount(0, new LocatorAssertions.HasCountOptions().setTimeout(15_000));
        pictures.take("files-tray");
        writes(alice, "Here is the plan");
        assertThat(tray).isHidden();

        Locator message = message(bob, "Here is the plan");
        Locator thumbnail = message.getByRole(AriaRole.BUTTON, called("Open picture plan.png"));
        BoundingBox reserved = thumbnail.boundingBox();
        assertThat(reserved.width / reserved.height).as("the place of the picture has its proportions").isBetween(1.3, 1.37);
        assertThat(thumbnail.locator("img")).hasJSProperty("naturalWidth", 640);
        assertThat(thumbnail.boundingBox().height).isEqualTo(reserved.height);
        SharedPictures seen = new SharedPictures(bob);
        seen.take("files-message");
        thumbnail.focus();
        bob.keyboard().press("Enter");
        Locator lightbox = dialog(bob, "plan.png");
        assertThat(lightbox.locator("img")).hasJSProperty("naturalWidth", 800);
        bob.keyboard().press("+");
        assertThat(lightbox.locator(".stage")).hasAttribute("data-zoomed", "");
        bob.keyboard().press("0");
        seen.take("files-lightbox");
        bob.keyboard().press("Escape");
        assertThat(lightbox).hasCount(0);
        assertThat(thumbnail).isFocused();

        Download download = bob.waitForDownload(() -> message.getByRole(AriaRole.BUTTON, called("Download notes.txt, 11 byte")).click());
        assertThat(Files.readString(download.path())).isEqualTo("bring salad");
        assertThat(download.suggestedFilename()).isEqualTo("notes.txt");
        bob.getByRole(AriaRole.BUTTON, named("Show files")).click();
        Locator panel = bob.getByRole(AriaRole.COMPLEMENTARY, named("Files").setExact(true));
        assertThat(panel.locator("li")).hasCount(2);
        seen.take("files-panel");
        chooses(alice, message(alice, "Here is the plan"), "Delete message");
        assertThat(panel.getByText("No files yet")).isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(15_000));
        assertThat(thumbnail).hasCount(0);
        bob.keyboard().press("Escape");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void recordsAVoiceMessageAndPlaysItByKeyboard() {
        Page alice = enters("Alice");
        Page bob = enters("Bob");
        SharedPictures pictures = new SharedPictures(alice);
        Locator record = alice.getByRole(AriaRole.BUTTON, named("Record a voice message"));
        Locator recorder = alice.getByRole(AriaRole.GROUP, named("Voice message"));
        record.click();
        assertThat(recorder.getByRole(AriaRole.STATUS)).containsText("may not use your microphone");
        pictures.take("voice-denied");
        alice.keyboard().press("Escape");
        assertThat(recorder).hasCount(0);

        alice.context().grantPermissions(List.of("microphone"));
        record.click();
        assertThat(recorder.getByRole(AriaRole.TIMER)).hasText(Pattern.compile("0:0[1-9]"));
        alice.keyboard().press("Escape");
        assertThat(recorder).hasCount(0);
        record.click();
        assertThat(recorder.getByRole(AriaRole.TIMER)).hasText(Pattern.compile("0:0[1-9]"));
        pictures.take("voice-recording");
        alice.keyboard().press("Enter");
        Locator tray = alice.getByRole(AriaRole.GROUP, named("Files of your message"));
        assertThat(tray.locator("li")).hasCount(1);
        assertThat(tray.getByRole(AriaRole.STATUS)).containsText("is ready", SOON_AMONG_OTHERS);
        writes(alice, "Listen");

        Locator message = message(bob, "Listen");
        Locator position = message.getByRole(AriaRole.SLIDER);
        assertThat(position).isEnabled(new LocatorAssertions.IsEnabledOptions().setTimeout(15_000));
        new SharedPictures(bob).take("voice-message");
        message.getByRole(AriaRole.BUTTON, called("Speed 1")).press("Enter");
        assertThat(message.getByRole(AriaRole.BUTTON, called("Speed 1.5"))).hasText("1.5×");
        position.focus();
        bob.keyboard().press("ArrowRight");
        assertThat(position).hasAttribute("aria-valuetext", Pattern.compile("0:01 of 0:[0-9]{2}"));
        bob.keyboard().press("End");
        bob.keyboard().press("ArrowLeft");
        bob.keyboard().press("Space");
        assertThat(message.getByRole(AriaRole.BUTTON, called("Pause Voice message"))).isVisible();
        // It ends by itself.
        assertThat(message.getByRole(AriaRole.BUTTON, called("Play Voice message"))).isVisible(
                new LocatorAssertions.IsVisibleOptions().setTimeout(30_000));
        assertThat(message.locator(".failed")).hasText("");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void showsWhatAPageBehindALinkSaysOfItself() {
        try (LinkedPages pages = LinkedPages.on(Server.pagesPort())) {
            String path = "/" + UUID.randomUUID();
            String url = pages.adds(path, "The plan of the summer", "<meta name=description content='Who brings what, and when.'>"
                    + "<meta property=og:image content='" + path + ".png'>");
            pages.adds(path + ".png", "image/png", SharedPictures.picture("plan.png", 640, 480).buffer);
            Page alice = enters("Alice");
            Page bob = enters("Bob");
            writes(alice, "See " + url);
            Locator preview = message(bob, "See ").getByRole(AriaRole.LINK, called("The plan of the summer"));
            assertThat(preview).isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(15_000));
            assertThat(preview.locator("img")).hasJSProperty("naturalWidth", 640);
            assertThat(preview).hasAttribute("rel", "noopener noreferrer nofollow");
            new SharedPictures(alice).take("previews");
            assertThat(message(bob, "See ").locator(".previews button")).hasCount(0);
            message(alice, "See ").getByRole(AriaRole.BUTTON, called("Remove preview of The plan")).press("Enter");
            assertThat(bob.locator(".preview")).hasCount(0);
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void dropsPastesAndTakesFilesBack() {
        Page alice = enters("Alice");
        alice.evaluate("""
                () => {
                  const how = { bubbles: true, cancelable: true, composed: true };
                  const drop = (target, type, init) => target.dispatchEvent(Object.assign(new Event(type, how), init));
                  const given = new DataTransfer();
                  given.items.add(new File(['a,b'], 'table.csv', { type: 'text/csv' }));
                  const root = document.querySelector('parley-chat').shadowRoot;
                  drop(root.querySelector('.timeline'), 'drop', { dataTransfer: given });
                  const pasted = new DataTransfer();
                  const svg = '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>';
                  pasted.items.add(new File([svg], 'x.svg', { type: 'image/svg+xml' }));
                  drop(root.querySelector('.composer textarea'), 'paste', { clipboardData: pasted });
                }""");
        Locator tray = alice.getByRole(AriaRole.GROUP, named("Files of your message"));
        assertThat(tray.locator("li")).hasCount(2);
        assertThat(tray.locator("progress:visible")).hasCount(0, new LocatorAssertions.HasCountOptions().setTimeout(15_000));
        tray.getByRole(AriaRole.BUTTON, called("Remove table.csv")).click();
        assertThat(tray.getByRole(AriaRole.BUTTON, called("Remove x.svg"))).isFocused();
        box(alice).press("Enter");
        Locator sent = alice.locator(".main .timeline .message").last();
        assertThat(sent.getByRole(AriaRole.BUTTON, called("Download x.svg"))).isVisible();
        assertThat(sent).hasAttribute("data-state", "sent");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void actsByTouch() {
        Page bob = enters("Bob");
        writes(bob, "Touch me");
        Page alice = browser.opensOnAPhone(URI.create(Server.base() + "/"));
        alice.getByRole(AriaRole.BUTTON, named("Alice")).tap();
        alice.getByRole(AriaRole.BUTTON, named("Show rooms")).tap();
        opens(alice);
        presses(alice, message(alice, "Touch me"));
        assertThat(alice.getByRole(AriaRole.MENU)).isVisible();
        alice.getByRole(AriaRole.MENUITEM, named("React with 🎉")).tap();
        assertThat(message(bob, "Touch me").locator(".chip").first()).hasText("🎉1");
        presses(alice, message(alice, "Touch me"));
        alice.getByRole(AriaRole.MENUITEM, named("Reply in thread")).tap();
        assertThat(thread(alice)).isVisible();
        assertThat(alice.locator(".main")).isHidden();
        thread(alice).getByRole(AriaRole.TEXTBOX).fill("Touched");
        thread(alice).getByRole(AriaRole.BUTTON, called("Send").setExact(true)).tap();
        assertThat(message(bob, "Touch me").locator(".replies")).containsText("1 reply");
        thread(alice).getByRole(AriaRole.BUTTON, called("Close thread")).tap();
        assertThat(message(alice, "Touch me")).isVisible();
        assertThat(alice.evaluate("document.documentElement.scrollWidth <= innerWidth")).isEqualTo(true);
    }

    @Test
    void followsALinkIntoTheHistory() {
        String first = "first " + UUID.randomUUID();
        ChatClient bob = ChatClient.of("bob").joins(id);
        long offset = bob.posts(first);
        IntStream.range(0, 130).forEach(n -> bob.posts("filler " + n));
        Page alice = people.arrives("Alice", id);
        assertThat(message(alice, first)).isVisible();
        alice.locator(".latest").click();
        assertThat(message(alice, "filler 129")).isVisible();
        assertThat(alice.getByText("What we agreed on")).isVisible();
        alice.evaluate("link => { location.hash = link; }", "#/" + id + "/" + offset);
        assertThat(message(alice, first)).isFocused();
        assertThat(message(alice, "filler 129")).hasCount(0);
        bob.posts("said at the end");
        bob.close();
        assertThat(alice.locator(".latest")).containsText("1 new message", SOON_AMONG_OTHERS);
        alice.locator(".latest").click();
        assertThat(message(alice, "said at the end")).isVisible();

        alice.locator(".divider.day button").last().click();
        dialog(alice, "Jump to date").getByRole(AriaRole.BUTTON, called("Show")).click();
        assertThat(message(alice, first)).isVisible();
        alice.evaluate("link => { location.hash = link; }", "#/" + id + "/999999");
        assertThat(alice.locator(".alert")).hasText("This message no longer exists.", SOON);
    }

    @ParameterizedTest
    @EnumSource
    void picturesEachState(Pictures look) {
        look.take(browser, "demo.js", "busy", "toolbar", "editing", "thread", "pins", "versions", "report", "settings");
    }

    private Page enters(String person) {
        return people.enters(person, id);
    }

    private void opens(Page page) {
        page.locator("parley-chat").evaluate("(chat, room) => chat.open(room)", id);
        assertThat(page.getByRole(AriaRole.LOG, named("Messages in " + room))).hasAttribute("aria-busy", "false");
        People.joins(page);
    }

    private static void chooses(Page page, Locator message, String act) {
        message.hover();
        page.getByRole(AriaRole.BUTTON, named("More actions")).click();
        page.getByRole(AriaRole.MENUITEM, named(act)).click();
    }

    // A finger that rests on the message. Playwright has taps only.
    private static void presses(Page page, Locator message) {
        message.locator(".text").dispatchEvent("pointerdown", Map.of("pointerType", "touch", "bubbles", true, "clientX", 9, "clientY", 9));
        assertThat(page.getByRole(AriaRole.MENU)).isVisible();
        message.locator(".text").dispatchEvent("pointerup", Map.of("pointerType", "touch", "bubbles", true));
    }

    private static void picture(Page page, String name) {
        if (Boolean.getBoolean("parley.pictures")) {
            Path folder = Path.of(System.getProperty("basedir", ""), "target/screenshots");
            page.screenshot(new Page.ScreenshotOptions().setPath(folder.resolve(name + ".png")));
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
            page.screenshot(new Page.ScreenshotOptions().setPath(folder.resolve(name + "-dark.png")));
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        }
    }

    private static void writes(Page page, String text) {
        box(page).fill(text);
        box(page).press("Enter");
        assertThat(message(page, text)).hasAttribute("data-state", "sent");
    }

    private static Locator box(Page page) {
        return page.getByRole(AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName(Pattern.compile("^Message ")));
    }

    private static Locator message(Page page, String text) {
        return page.locator(".main .timeline .message").filter(new Locator.FilterOptions().setHasText(text));
    }

    private static Locator thread(Page page) {
        return page.getByRole(AriaRole.COMPLEMENTARY, named("Thread"));
    }

    private static Locator dialog(Page page, String name) {
        return page.getByRole(AriaRole.DIALOG, named(name));
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name);
    }

    private static Locator.GetByRoleOptions called(String name) {
        return new Locator.GetByRoleOptions().setName(name);
    }

    private static Locator.GetByRoleOptions called(Pattern name) {
        return new Locator.GetByRoleOptions().setName(name);
    }
}
