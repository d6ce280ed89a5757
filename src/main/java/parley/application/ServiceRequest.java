package parley.application;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import parley.identity.Actor;
import parley.identity.Service;
import parley.message.PostMessage;
import parley.protocol.Codec;
import parley.protocol.Fields;
import parley.protocol.HistoryPage;
import parley.protocol.Inbound;
import parley.protocol.MessageCommand;
import parley.protocol.BrokenFrame;
import parley.protocol.Problem;
import parley.protocol.Retention;
import parley.protocol.Role;
import parley.protocol.RoomKind;
import parley.protocol.RoomProfile;
import parley.protocol.User;
import parley.room.ChangeRole;
import parley.room.OpenDirectRoom;
import parley.room.Proposal;
import parley.room.RemoveMember;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What an application asks for. Its text form is stored with the application's transaction. */
sealed interface ServiceRequest {

    /** A change of a room. */
    record Change(Proposal proposal, String text) implements ServiceRequest {}

    /** A page of messages. */
    record Read(Service by, String room, HistoryPage page) implements ServiceRequest {}

    /** A listener was added or removed. */
    record ListenersChanged() implements ServiceRequest {}

    /** It is malformed. */
    record Broken(Problem problem) implements ServiceRequest {}

    /** Reads a request of an application. */
    static ServiceRequest of(Map<String, Object> request) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, Object> field : request.entrySet()) {
            switch (field.getValue()) {
                case String text -> json.put(field.getKey(), text);
                case Long number -> json.put(field.getKey(), number);
                case Boolean flag -> json.put(field.getKey(), flag);
                case List<?> list -> strings(json.putArray(field.getKey()), list);
                case null, default -> {
                    return new Broken(Problem.badRequest("`" + field.getKey() + "` has an unknown type."));
                }
            }
        }
        // Repeating the same row later must be the same message.
        if (json.path("key").asString("").isEmpty()) {
            json.put("key", UUID.randomUUID().toString());
        }
        return of(json);
    }

    /** Reads a stored request. */
    static ServiceRequest stored(String text) {
        return Codec.object(text).map(ServiceRequest::of).orElseGet(() -> new Broken(Problem.badRequest("This is no JSON object.")));
    }

    private static void strings(ArrayNode array, List<?> list) {
        list.forEach(entry -> array.add(String.valueOf(entry)));
    }

    private static ServiceRequest of(ObjectNode json) {
        String what = json.path("do").asString("");
        if ("listeners".equals(what)) {
            return new ListenersChanged();
        }
        Fields fields = new Fields(json);
        String id = fields.text("service", 100);
        if (!Service.isId(id)) {
            fields.wrong(Problem.badRequest("The id of a service must be 1 to 100 letters, digits, dots, hyphens and underscores."));
        }
        Service by = new Service(id, fields.name("serviceName"));
        String room = fields.room("room");
        ServiceRequest request = switch (what) {
            case "read" -> new Read(by, room, HistoryPage.of(fields));
            case "post" -> fields.problem().<ServiceRequest>map(Broken::new).orElseGet(() -> post(json, by.actor()));
            case "room.create" -> change(json, room(fields, room, by.actor()));
            case "member.put" -> change(json, member(fields, room, by.actor()));
            case "member.remove" -> change(json, new RemoveMember(room, by.actor(), fields.user("user")));
            default -> new Broken(Problem.badRequest("This version of Parley doesn't know the request `" + what + "`."));
        };
        return fields.problem().<ServiceRequest>map(Broken::new).orElse(request);
    }

    private static Change change(ObjectNode json, Proposal proposal) {
        return new Change(proposal, json.toString());
    }

    // A message is read by the rules of the socket.
    private static ServiceRequest post(ObjectNode json, Actor by) {
        ObjectNode frame = JsonNodeFactory.instance.objectNode().put("type", MessageCommand.Post.TYPE).put("id", 1);
        List.of("room", "text", "key", "mentions").forEach(field -> frame.set(field, json.get(field)));
        if (json.path("thread").asLong(0) != 0) {
            frame.set("thread", json.get("thread"));
        }
        Inbound read = Codec.decode(frame);
        return switch (read) {
            case MessageCommand.Post post -> change(json, new PostAsService(new PostMessage(post.room(), by, post.key(), post.text(),
                    post.thread(), post.also(), post.mentions(), post.everyone())));
            case BrokenFrame broken -> new Broken(broken.problem());
            default -> throw new IllegalStateException("A post was read as " + read);
        };
    }

    private static Proposal room(Fields fields, String room, Actor by) {
        if (OpenDirectRoom.isReserved(room)) {
            fields.wrong(Problem.badRequest("This id is reserved for a direct room."));
        }
        RoomKind kind = fields.flag("open") ? RoomKind.PUBLIC : RoomKind.PRIVATE;
        return new OpenServiceRoom(room, by, new RoomProfile(fields.name("title"), kind, fields.lineOrNone("topic", 250), Retention.FOREVER));
    }

    private static Proposal member(Fields fields, String room, Actor by) {
        String role = fields.text("role", 20);
        Optional<Role> known = List.of(Role.OWNER, Role.MODERATOR, Role.MEMBER, Role.GUEST).stream()
                .filter(one -> one.wire().equals(role)).findFirst();
        if (known.isEmpty()) {
            fields.wrong(Problem.badRequest("This version of Parley doesn't know the role `" + role + "`."));
        }
        return new ChangeRole(room, by, new User(fields.user("user"), fields.name("userName")), known.orElse(Role.GUEST));
    }
}
