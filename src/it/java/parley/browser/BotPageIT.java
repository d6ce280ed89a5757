package parley.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import example.DeployBot;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import parley.client.Parley;
import parley.kit.Bot;
import parley.kit.Http;

/** The bot of the documentation, which runs on the Java client, and what the page does after a slash and at a later time. */
class BotPageIT {

    @RegisterExtension
    static final People people = new People();

    private Browser browser;
    private String id;

    @BeforeEach
    void createRoom() {
        browser = people.browser();
        id = Http.of("alice").post("/api/rooms", Map.of("name", "Bots " + UUID.randomUUID())).json(201).get("id").stringValue();
    }

    @Test
    void aSlashCommandIsCompletedAnsweredPrivatelyAndApprovedByAnother() {
        try (Bot bot = Bot.named("Deploy")) {
            assertThat(Http.of("alice").setsRole(id, bot.user(), "member").status()).isEqualTo(204);
            String token = bot.token("read", "post", "commands");
            Page alice = people.enters("Alice", id);
            Page bob = people.enters("Bob", id);
            // The bot has offered its command, but is not connected.
            Http.withToken(token).post("/api/commands", Map.of("id", 1, "type", "slash.register", "commands",
                    List.of(Map.of("name", "deploy", "description", "Deploys a version", "hint", "version")))).json(200);
            box(alice).fill("/deploy 1.5");
            box(alice).press("Enter");
            assertThat(alice.locator(".alert")).containsText("not connected");
            assertThat(box(alice)).hasValue("/deploy 1.5");
            box(alice).fill("");
            try (Parley client = Parley.connect(Bot.server(), () -> token)) {
                DeployBot.serve(client);
                // By keyboard alone.
                box(alice).pressSequentially("/dep");
                assertThat(alice.locator(".suggestions li")).hasCount(1);
                assertThat(alice.locator(".suggestions li")).containsText("Deploys a version");
                alice.keyboard().press("Enter");
                assertThat(box(alice)).hasValue("/deploy ");
                box(alice).pressSequentially("1.4");
                alice.keyboard().press("Enter");
                assertThat(box(alice)).hasValue("");
                Locator answer = alice.locator(".bot-answer");
                assertThat(answer).containsText("Only you see this");
                assertThat(answer.locator(".bot")).hasText("Bot");
                Accessibility.ALL.check(alice, "a private answer");

                button(answer, "Deploy").click();
                assertThat(answer).containsText("Version is required.");
                answer.getByLabel("Version").selectOption("1.4");
                answer.getByLabel("Where to").selectOption("Staging");
                button(answer, "Deploy").click();

                Locator proposal = bob.locator(".main .message").filter(new Locator.FilterOptions().setHasText("Alice wants to deploy"));
                assertThat(proposal.locator(".bot")).hasText("Bot");
                // What only Alice may see has come to nobody else.
                assertThat(bob.locator(".bot-answer")).hasCount(0);
                button(proposal, "Approve").click();
                Locator approved = alice.locator(".main .message").filter(new Locator.FilterOptions().setHasText("Approved by Bob."));
                assertThat(approved).isVisible();
                assertThat(approved.locator("button.bot-button")).hasCount(0);

                assertThat(answer).hasCount(2);
                button(answer.first(), "Dismiss").click();
                assertThat(answer).hasCount(1);
                button(answer, "Dismiss").click();
                assertThat(answer).hasCount(0);
                assertThat(box(alice)).isFocused();
            }
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void aMessageIsSentLaterAndAReminderLeadsToItsMessage() {
        Page alice = people.enters("Alice", id);
        box(alice).fill("Good morning");
        // By keyboard alone.
        Locator clock = alice.locator(".composer .send-later");
        clock.press("Enter");
        Locator dialog = alice.locator("dialog[open]");
        assertThat(dialog).containsText("Send later");
        assertThat(dialog.locator(".quick button").first()).isFocused();
        Accessibility.ALL.check(alice, "a message is sent later");
        alice.keyboard().press("Enter");
        assertThat(dialog).hasCount(0);
        assertThat(alice.locator(".alert")).containsText("will be sent on");
        assertThat(box(alice)).hasValue("");

        clock.press("Enter");
        Locator waiting = dialog.locator(".schedule-list li").filter(new Locator.FilterOptions().setHasText("Good morning"));
        assertThat(waiting).hasCount(1);
        Accessibility.ALL.check(alice, "what waits to be sent");
        button(waiting, "Send now").press("Enter");
        assertThat(waiting).hasCount(0);
        alice.keyboard().press("Escape");
        Locator message = alice.locator(".main .message").filter(new Locator.FilterOptions().setHasText("Good morning"));
        assertThat(message).hasCount(1);

        box(alice).fill("/remind me soon");
        box(alice).press("Enter");
        assertThat(alice.locator(".alert")).containsText("/remind in 20 minutes");
        assertThat(box(alice)).hasValue("/remind me soon");
        box(alice).fill("");
        message.press("m");
        alice.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName("Remind me about this")).press("Enter");
        assertThat(dialog.getByLabel("What to remind you of")).hasValue("Good morning");
        dialog.getByLabel("What to remind you of").fill("Say it again");
        dialog.locator(".quick button").nth(1).press("Enter");
        assertThat(alice.locator(".alert")).containsText("You will be reminded");
        clock.press("Enter");
        assertThat(dialog.locator(".schedule-list li")).containsText("Say it again");
        button(dialog, "Show").press("Enter");
        assertThat(message).isVisible();
        // The browser reports the refusal of the line.
        assertThat(browser.complaints()).hasSize(1).allMatch(text -> text.contains("400"));
    }

    private static Locator button(Locator in, String name) {
        return in.getByRole(AriaRole.BUTTON, named(name));
    }

    private static Locator.GetByRoleOptions named(String name) {
        return new Locator.GetByRoleOptions().setName(name).setExact(true);
    }

    private static Locator box(Page page) {
        return page.getByRole(AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName(Pattern.compile("^Message ")));
    }
}
