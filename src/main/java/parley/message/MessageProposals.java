package parley.message;

import parley.identity.Actor;
import parley.protocol.MessageCommand;
import parley.room.Proposal;

/** From a {@link MessageCommand} to its proposal. */
public final class MessageProposals {

    private MessageProposals() {
    }

    /** What this actor proposes with this command. */
    public static Proposal of(MessageCommand command, Actor by) {
        return switch (command) {
            case MessageCommand.Post post -> new PostMessage(post.room(), by, post.key(), post.text(), post.thread(), post.mentions());
        };
    }
}
