package parley.imports;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An export of another system, counted and sorted. For one thread. */
interface Export extends Closeable {

    /** Opening it found something that makes the whole export unusable. The message is for the administrator. */
    final class Unusable extends Exception {
        private static final long serialVersionUID = 1;

        Unusable(String message) {
            super(message);
        }
    }

    /** Takes the messages of a conversation. */
    interface Reader {
        void read(Post post) throws IOException;
    }

    /** Is told of each step, so that it can count them, and may throw to end the work. */
    interface Steps {
        void step();
    }

    /** The kind of a conversation. */
    enum Kind { PUBLIC, PRIVATE, DIRECT }

    /**
     * A channel or a direct conversation.
     *
     * @param id its identity in the export
     * @param name for people; empty for a direct conversation
     * @param members by id; true for one who administers it
     * @param posts how many messages the export has of it
     */
    record Conversation(String id, Kind kind, String name, String topic, Map<String, Boolean> members, long posts) {}

    /** A reaction: the name of its emoji, and who reacted. */
    record Reaction(String emoji, String person) {}

    /**
     * A file of a message.
     *
     * @param entry its entry in the ZIP file; empty if it is not there
     */
    record Attachment(String name, Optional<String> entry) {}

    /**
     * A message.
     *
     * @param id its identity in the conversation, with the author
     * @param at null without a usable time
     * @param system whether the other system wrote it
     * @param text in Markdown; names of people and emoji are not replaced yet
     * @param answers the first message of its thread
     * @param mentions ids of people, by what stands for them in the text
     */
    record Post(String id, String author, Optional<String> authorName, Instant at, boolean system, String text, Optional<Root> answers,
                boolean also, Map<String, String> mentions, List<Attachment> files, Optional<Instant> edited, List<Reaction> reactions,
                boolean pinned) {

        /** The identity and the author of the first message of a thread. */
        record Root(String id, String author) {}
    }

    /** The names of the people, by their ids in the export. */
    Map<String, String> people();

    /** All conversations, in one order. */
    List<Conversation> conversations();

    /** Reads the messages of a conversation in the order of their times. */
    void read(Conversation conversation, Reader reader) throws IOException;

    /** Opens an entry that a message carries. The caller bounds how much it reads. */
    InputStream open(String entry) throws IOException;
}
