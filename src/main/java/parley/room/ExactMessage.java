package parley.room;

import java.time.Instant;
import java.util.List;
import parley.protocol.AttachedFile;
import parley.protocol.LinkPreview;

/** A message as of the head of its room's log, read while a command is decided, in the same transaction. */
public interface ExactMessage {

    /** The user id of its author. */
    String author();

    /** When it was posted. */
    Instant at();

    /** The offset of the message that it answers, 0 for none. */
    long thread();

    /** Its text; empty if it was deleted. */
    String text();

    /** The ids of the users that it names. */
    List<String> mentions();

    /** The files that it carries. */
    List<AttachedFile> files();

    /** The previews of its links. */
    List<LinkPreview> previews();

    /** Whether its author removed a preview, so that it gets no more. */
    boolean previewsRemoved();

    /** Whether it was deleted. */
    boolean deleted();

    /** How often it was edited. */
    int edits();

    /** Whether it is pinned. */
    boolean pinned();

    /** Whether this user reacted to it with this emoji. */
    boolean hasReaction(String user, String emoji);

    /** How many different emoji people reacted with. */
    int emojis();

    /** Whether one of these reactions is with this emoji. */
    boolean hasEmoji(String emoji);
}
