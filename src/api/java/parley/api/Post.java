package parley.api;

import java.util.List;

/**
 * A message to post.
 *
 * @param text 1 to 4,000 characters
 * @param key makes repetition safe, 1 to 64 characters: the same key of the same service in the same room is one message. Empty to have one
 *     made for this call
 * @param mentions ids of at most 50 people
 * @param thread the offset of the message that it answers; 0 for none
 */
public record Post(String room, String text, String key, List<String> mentions, long thread) {

    /** Copies the mentions. */
    public Post {
        mentions = List.copyOf(mentions);
    }

    /** A message without mentions. */
    public static Post of(String room, String text) {
        return new Post(room, text, "", List.of(), 0);
    }

    /** The same message with this key. */
    public Post withKey(String newKey) {
        return new Post(room, text, newKey, mentions, thread);
    }

    /** The same message that mentions these people. */
    public Post mentioning(String... users) {
        return new Post(room, text, key, List.of(users), thread);
    }

    /** The same message as a reply in the thread of the message at this offset. */
    public Post inThread(long offset) {
        return new Post(room, text, key, mentions, offset);
    }
}
