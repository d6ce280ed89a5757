package parley.client;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * A message to post.
 *
 * @param key makes the post repeatable: 1 to 64 characters, unique among the author's posts to the room
 * @param text 1 to 4,000 characters
 * @param thread the message that this one replies to; 0 for none
 * @param also whether the room shows a reply too
 * @param mentions the ids of people to notify
 * @param everyone whether to notify all members
 * @param form what people fill in and press below it, as the protocol describes it: only bots have forms; empty for none
 */
public record Post(String key, String text, long thread, boolean also, List<String> mentions, boolean everyone, Map<String, ?> form) {

    public Post {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(text, "text");
        mentions = List.copyOf(mentions);
        form = Map.copyOf(form);
    }

    /** A message without a form. */
    public Post(String key, String text, long thread, boolean also, List<String> mentions, boolean everyone) {
        this(key, text, thread, also, mentions, everyone, Map.of());
    }

    /** A message with a new random key. */
    public static Post of(String text) {
        return new Post(UUID.randomUUID().toString(), text, 0, false, List.of(), false);
    }

    /** The same with this key. A program that posts again after its own restart needs a key that it can make again. */
    public Post withKey(String newKey) {
        return new Post(newKey, text, thread, also, mentions, everyone, form);
    }

    /** The same as a reply in the thread of this message. */
    public Post inThread(long message) {
        return new Post(key, text, message, also, mentions, everyone, form);
    }

    /** The same with these mentions. */
    public Post mentioning(String... people) {
        return new Post(key, text, thread, also, List.of(people), everyone, form);
    }

    /** The same with a form: {@code fields} and {@code buttons}, lists of maps. */
    public Post withForm(Map<String, ?> buttons) {
        return new Post(key, text, thread, also, mentions, everyone, buttons);
    }
}
