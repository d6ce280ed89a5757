package parley.cluster;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parley.kit.RoomFold;
import tools.jackson.databind.JsonNode;

/** The log of a room as its own test folds it: who is a member, and what a member has not read. For one thread. */
final class Recount {

    /** Messages further than this behind the marker are not counted. */
    private static final long WINDOW = 2_000;

    private final RoomFold fold;
    /** The members, each with the offset at which the membership began. */
    private final Map<String, Long> members = new HashMap<>();

    /** Begins at an offset without messages and members. */
    Recount(long offset) {
        fold = new RoomFold(offset);
    }

    void apply(List<JsonNode> events) {
        fold.apply(events);
        events.stream().filter(event -> event.has("offset")).forEach(this::applyMembership);
    }

    private void applyMembership(JsonNode event) {
        String user = event.at("/user/id").stringValue("");
        switch (event.get("type").stringValue()) {
            case "member.joined" -> members.put(user, event.get("offset").longValue());
            case "member.left" -> members.remove(user);
            case "member.role" -> {
                if (event.get("role").stringValue().equals("banned")) {
                    members.remove(user);
                }
            }
            default -> { }
        }
    }

    long offset() {
        return fold.offset();
    }

    List<JsonNode> messages() {
        return fold.messages();
    }

    List<Long> offsets() {
        return fold.offsets();
    }

    boolean isMember(String user) {
        return members.containsKey(user);
    }

    /** What this person has not read if the marker stands here; empty for a person who is no member. */
    Optional<Numbers> numbers(String user, long marker) {
        if (!isMember(user)) {
            return Optional.empty();
        }
        // What was there before they joined does not count.
        long read = Math.max(marker, members.get(user));
        List<JsonNode> unread = messages().stream().filter(message -> message.get("offset").longValue() > read && !message.has("deleted")
                && !message.at("/by/id").stringValue().equals(user)).toList();
        long shown = unread.stream().filter(message -> message.get("offset").longValue() <= read + WINDOW
                && (!message.has("thread") || message.has("also"))).count();
        return Optional.of(new Numbers(read, shown, unread.stream().filter(message -> concerns(message, user)).count()));
    }

    private boolean concerns(JsonNode message, String user) {
        long root = message.path("thread").longValue(0);
        return message.has("everyone") || message.path("mentions").valueStream().anyMatch(id -> id.stringValue().equals(user))
                || root > 0 && messages().stream().anyMatch(other -> other.at("/by/id").stringValue().equals(user)
                        && (other.get("offset").longValue() == root
                                || other.path("thread").longValue(0) == root && !other.has("deleted")));
    }

    /** How far a person has read a room, and what is new after that. */
    record Numbers(long read, long unread, long mentions) {

        /** Those of a room in the reply to {@code watch}, of {@code activity}, and of the reply to {@code subscribe}. */
        static Numbers of(JsonNode told) {
            return new Numbers(told.get("read").longValue(), told.get("unread").longValue(), told.get("mentions").longValue());
        }
    }
}
