package parley.kit;

import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** An event that a client waits for. The description is used in the failure message. */
public record Expected(String description, Predicate<JsonNode> matches) {

    /** A posted message with this text. */
    public static Expected posted(String text) {
        return event("message.posted", "text", text);
    }

    /** This user became a member. */
    public static Expected joined(String user) {
        return new Expected("member.joined of " + user, event -> isA(event, "member.joined")
                && event.path("user").path("id").asString("").equals(user));
    }

    /** This user is no longer a member. */
    public static Expected left(String user) {
        return new Expected("member.left of " + user, event -> isA(event, "member.left")
                && event.path("user").path("id").asString("").equals(user));
    }

    /** This user got this role. */
    public static Expected roleChanged(String user, String role) {
        return new Expected("member.role " + role + " of " + user, event -> isA(event, "member.role")
                && event.path("user").path("id").asString("").equals(user) && event.path("role").asString("").equals(role));
    }

    /** This user started or stopped typing. */
    public static Expected typing(String user, boolean on) {
        return new Expected("typing " + on + " by " + user, event -> isA(event, "typing")
                && event.path("by").path("id").asString("").equals(user) && event.path("on").booleanValue() == on);
    }

    /** This user came online in the room. */
    public static Expected cameOnline(String user) {
        return presence("joined", user);
    }

    /** This user's last subscription to the room ended. */
    public static Expected wentOffline(String user) {
        return presence("left", user);
    }

    /** A member of the room has this new name. */
    public static Expected renamed(String user, String name) {
        return new Expected("presence with " + user + " renamed to " + name, event -> isA(event, "presence")
                && event.path("renamed").valueStream().anyMatch(one -> one.path("id").asString("").equals(user)
                        && one.path("name").asString("").equals(name)));
    }

    /** The server ended a subscription. */
    public static Expected unsubscribed(String room) {
        return event("unsubscribed", "room", room);
    }

    /** This version of a document. */
    public static Expected updated(long version) {
        return new Expected("document.updated with version " + version,
                event -> isA(event, "document.updated") && event.get("version").longValue() == version);
    }

    /** Any event of this type. */
    public static Expected ofType(String type) {
        return new Expected(type, event -> isA(event, type));
    }

    /** The end of an open document. */
    public static Expected documentClosed(String document) {
        return event("document.closed", "document", document);
    }

    private static Expected presence(String list, String user) {
        return new Expected("presence with " + user + " in " + list, event -> isA(event, "presence")
                && event.path(list).valueStream().anyMatch(id -> id.asString("").equals(user)));
    }

    private static Expected event(String type, String field, String value) {
        return new Expected(type + " with " + field + " " + Json.text(value),
                event -> isA(event, type) && event.path(field).asString("").equals(value));
    }

    static boolean isA(JsonNode event, String type) {
        return event.path("type").asString("").equals(type);
    }

    @Override
    public String toString() {
        return description;
    }
}
