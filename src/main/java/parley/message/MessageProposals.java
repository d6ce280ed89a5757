package parley.message;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import parley.emoji.KnownEmoji;
import parley.identity.Actor;
import parley.protocol.MessageCommand;
import parley.protocol.Problem;
import parley.protocol.TextRules;
import parley.room.Proposal;
import parley.settings.Settings;

/** From a {@link MessageCommand} to its proposal. */
@ApplicationScoped
public class MessageProposals {

    @Inject
    private Settings settings;
    @Inject
    private KnownEmoji emoji;

    /** The refusal of a command with more files than a message may have here, or with an emoji that does not exist. */
    public Optional<Problem> refusal(MessageCommand command) {
        if (command instanceof MessageCommand.AddReaction reaction
                && TextRules.customEmoji(reaction.emoji()).filter(name -> !emoji.has(name)).isPresent()) {
            return Optional.of(Problem.badRequest("There is no custom emoji with this name."));
        }
        int files = switch (command) {
            case MessageCommand.Post post -> post.files().size();
            case MessageCommand.Edit edit -> edit.files().map(List::size).orElse(0);
            default -> 0;
        };
        int most = settings.files().perMessage();
        return files <= most ? Optional.empty() : Optional.of(Problem.badRequest("A message has at most " + most + " files here."));
    }

    /** What this actor proposes with this command. */
    public Proposal of(MessageCommand command, Actor by) {
        return switch (command) {
            case MessageCommand.Post post -> new PostMessage(post.room(), by, post.key(), post.text(), post.thread(), post.also(),
                    post.mentions(), post.everyone(), post.files(), post.form());
            case MessageCommand.Edit edit -> new EditMessage(edit.room(), by, edit.message(), edit.text(), edit.mentions(),
                    edit.files(), settings.messages().editable());
            case MessageCommand.Delete delete -> new DeleteMessage(delete.room(), by, delete.message());
            case MessageCommand.AddReaction add -> new React(add.room(), by, add.message(), add.emoji(), true);
            case MessageCommand.RemoveReaction remove -> new React(remove.room(), by, remove.message(), remove.emoji(), false);
            case MessageCommand.Pin pin -> new PinMessage(pin.room(), by, pin.message(), true);
            case MessageCommand.Unpin unpin -> new PinMessage(unpin.room(), by, unpin.message(), false);
            case MessageCommand.Unpreview unpreview -> new RemovePreview(unpreview.room(), by, unpreview.message(), unpreview.url());
        };
    }
}
