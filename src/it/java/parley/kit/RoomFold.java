package parley.kit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A room's messages as a client knows them that applies each event of the log in order: the state that a reload must show. Rooms of at most
 * ten people, so that every reaction and reply is named. For one thread.
 */
public final class RoomFold {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Map<Long, ObjectNode> messages = new TreeMap<>();
    /** By root, the people who replied, in the order of their first reply, and their replies. */
    private final Map<Long, Map<String, NavigableSet<Long>>> replies = new HashMap<>();
    private long offset;

    /** Begins at an offset without messages. */
    public RoomFold(long offset) {
        this.offset = offset;
    }

    /** The offset of the last event. */
    public long offset() {
        return offset;
    }

    /** The messages in the order of their offsets. */
    public List<JsonNode> messages() {
        return List.copyOf(messages.values());
    }

    /** The offsets of the messages. */
    public List<Long> offsets() {
        return List.copyOf(messages.keySet());
    }

    /** Applies the logged events among these; an {@link AssertionError} if one is missing or comes twice. */
    public void apply(List<JsonNode> events) {
        for (JsonNode event : events) {
            if (event.has("offset")) {
                long next = event.get("offset").longValue();
                if (next != offset + 1) {
                    throw new AssertionError("Expected the event " + (offset + 1) + ", but got " + event);
                }
                offset = next;
                apply(event);
            }
        }
    }

    private void apply(JsonNode event) {
        ObjectNode message = messages.get(event.path("message").longValue(0));
        switch (event.get("type").stringValue()) {
            case "message.posted" -> posted((ObjectNode) event.deepCopy());
            case "message.edited" -> {
                if (!event.has("deleted")) {
                    message.set("text", event.get("text"));
                    message.set("edited", event.get("at"));
                    setOrRemove(message, "mentions", event.get("mentions"));
                    setOrRemove(message, "previews", event.get("previews"));
                }
            }
            case "message.previewed" -> {
                if (!message.has("deleted")) {
                    setOrRemove(message, "previews", event.get("previews"));
                }
            }
            case "message.deleted" -> {
                message.remove(List.of("text", "mentions", "everyone", "edited", "pinned", "previews", "reactions", "files"));
                message.put("deleted", true);
                replied(message, false);
            }
            case "message.restored" -> {
                if (!event.has("deleted")) {
                    message.remove("deleted");
                    for (String field : List.of("text", "mentions", "everyone", "edited", "files")) {
                        setOrRemove(message, field, event.get(field));
                    }
                    replied(message, true);
                }
            }
            case "message.pinned" -> {
                if (!message.has("deleted")) {
                    message.put("pinned", true);
                }
            }
            case "message.unpinned" -> message.remove("pinned");
            case "reaction.added", "reaction.removed" -> reacted(message, event);
            default -> { }
        }
    }

    private void posted(ObjectNode message) {
        message.remove(List.of("type", "room"));
        messages.put(offset, message);
        replied(message, true);
    }

    // A reply whose text is gone already counts until its deletion comes, because it may have been the first of its author.
    private void replied(ObjectNode reply, boolean counts) {
        ObjectNode root = messages.get(reply.path("thread").longValue(0));
        if (root == null) {
            return;
        }
        Map<String, NavigableSet<Long>> people = replies.computeIfAbsent(root.get("offset").longValue(), known -> new LinkedHashMap<>());
        String author = reply.at("/by/id").stringValue();
        NavigableSet<Long> ofAuthor = people.computeIfAbsent(author, known -> new TreeSet<>());
        if (counts) {
            ofAuthor.add(reply.get("offset").longValue());
        } else {
            ofAuthor.remove(reply.get("offset").longValue());
        }
        if (ofAuthor.isEmpty()) {
            people.remove(author);
        }
        if (people.isEmpty()) {
            root.remove("replies");
            return;
        }
        long last = people.values().stream().mapToLong(NavigableSet::last).max().orElseThrow();
        ObjectNode summary = root.putObject("replies").put("count", people.values().stream().mapToInt(Set::size).sum());
        summary.set("last", messages.get(last).get("at"));
        ArrayNode by = summary.putArray("by");
        people.keySet().forEach(by::add);
    }

    private static void reacted(ObjectNode message, JsonNode event) {
        if (message.has("deleted")) {
            return;
        }
        String emoji = event.get("emoji").stringValue();
        ObjectNode reactions = message.has("reactions") ? (ObjectNode) message.get("reactions") : JSON.objectNode();
        Set<String> people = new LinkedHashSet<>(new ArrayList<>(
                reactions.path(emoji).path("by").valueStream().map(JsonNode::stringValue).toList()));
        if (event.get("type").stringValue().equals("reaction.added")) {
            people.add(event.at("/by/id").stringValue());
        } else {
            people.remove(event.at("/by/id").stringValue());
        }
        if (people.isEmpty()) {
            reactions.remove(emoji);
        } else {
            ObjectNode reaction = JSON.objectNode().put("count", people.size());
            people.forEach(reaction.putArray("by")::add);
            reactions.set(emoji, reaction);
        }
        setOrRemove(message, "reactions", reactions.isEmpty() ? null : reactions);
    }

    private static void setOrRemove(ObjectNode message, String field, JsonNode value) {
        if (value == null) {
            message.remove(field);
        } else {
            message.set(field, value);
        }
    }
}
