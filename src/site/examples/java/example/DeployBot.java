package example;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import parley.client.Parley;
import parley.client.Post;
import parley.client.SlashCall;
import parley.client.SlashCommand;

/** A bot with a slash command: it asks the person where to deploy, and everyone for approval. */
public final class DeployBot {

    private static final int LONGEST_VERSION = 80;
    private static final Map<String, Object> APPROVAL = Map.of("buttons",
            List.of(Map.of("action", "approve", "label", "Approve", "style", "primary")));

    private DeployBot() {
    }

    /** Arguments: the server, such as https://chat.example.com/parley; a file with the bot's token. */
    public static void main(String[] args) {
        Parley client = Parley.connect(URI.create(args[0]), () -> Files.readString(Path.of(args[1])).strip());
        serve(client);
        System.out.println(client.ended().join());
    }

    /** Serves until the client ends. */
    public static void serve(Parley client) {
        client.serve(List.of(SlashCommand.of("deploy", "Deploys a version", "version")), DeployBot::called).join();
    }

    private static void called(SlashCall call) {
        switch (call.command() + call.action()) {
            case "deploy" -> ask(call);
            case "go" -> propose(call);
            case "approve" -> approve(call);
            default -> call.answer("Nothing is deployed.");
        }
    }

    private static void ask(SlashCall call) {
        if (call.text().isEmpty() || call.text().length() > LONGEST_VERSION) {
            call.answer("Which version? Write `/deploy 1.4`.");
            return;
        }
        call.answer("Where do you want to deploy " + call.text() + "?", Map.of(
                "fields", List.of(
                        Map.of("name", "version", "label", "Version", "kind", "choice", "options", List.of(call.text()), "required", true),
                        Map.of("name", "target", "label", "Where to", "kind", "choice", "options", List.of("Staging", "Production"),
                                "required", true)),
                "buttons", List.of(
                        Map.of("action", "go", "label", "Deploy", "style", "primary"),
                        Map.of("action", "cancel", "label", "Cancel"))));
    }

    private static void propose(SlashCall call) {
        String what = call.values().get("version") + " to " + call.values().get("target");
        call.room().post(Post.of(call.name() + " wants to deploy " + what + ".").withKey(call.id()).withForm(APPROVAL))
                .thenAccept(posted -> call.answer("Everyone was asked."));
    }

    // The edit removes the button.
    private static void approve(SlashCall call) {
        call.room().edit(call.message(), "Approved by " + call.name() + ". It is being deployed.");
    }
}
