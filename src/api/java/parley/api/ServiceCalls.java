package parley.api;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** Parley, as one service sees it. */
final class ServiceCalls implements Parley {

    private static final String APPLICATION = "java:app/AppName";

    private final String id;
    private final String name;

    private ServiceCalls(String id, String name) {
        this.id = id;
        this.name = name;
    }

    /** Parley, as the service that has the name of the running application sees it. */
    static Parley ofApplication() {
        String application = application();
        return new ServiceCalls(application, application);
    }

    private static String application() {
        try {
            return String.valueOf(InitialContext.<Object>doLookup(APPLICATION));
        } catch (NamingException noComponent) {
            return "application";
        }
    }

    @Override
    public Parley as(String otherId, String otherName) {
        return new ServiceCalls(otherId, otherName);
    }

    @Override
    public void createRoom(NewRoom room) {
        ask("room.create", Map.of("room", room.id(), "title", room.name(), "topic", room.topic(), "open", room.open()));
    }

    @Override
    public void putMember(String room, String user, String userName, Role role) {
        ask("member.put", Map.of("room", room, "user", user, "userName", userName, "role", role.name().toLowerCase(Locale.ROOT)));
    }

    @Override
    public void removeMember(String room, String user) {
        ask("member.remove", Map.of("room", room, "user", user));
    }

    @Override
    public long post(Post message) {
        Map<String, Object> answer = ask("post", Map.of("room", message.room(), "text", message.text(), "key", message.key(),
                "mentions", message.mentions(), "thread", message.thread()));
        return (Long) answer.getOrDefault("offset", 0L);
    }

    @Override
    public Messages read(String room, long before, int limit) {
        Map<String, Object> page = ask("read", Map.of("room", room, "before", before, "limit", (long) limit));
        List<?> messages = (List<?>) page.get("messages");
        return new Messages(messages.stream().map(message -> message((Map<?, ?>) message)).toList(), (Boolean) page.get("more"));
    }

    private static Message message(Map<?, ?> fields) {
        return new Message((Long) fields.get("offset"), (Instant) fields.get("at"), (String) fields.get("user"),
                (String) fields.get("name"), (String) fields.get("text"), (Long) fields.get("thread"), (Boolean) fields.get("deleted"));
    }

    private Map<String, Object> ask(String what, Map<String, Object> fields) {
        Map<String, Object> request = new HashMap<>(fields);
        request.put("do", what);
        request.put("service", id);
        request.put("serviceName", name);
        return Port.ask(request);
    }
}
