package parley.application;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import parley.identity.Actor;
import parley.identity.Service;
import parley.message.PostMessage;
import parley.protocol.BrokenFrame;
import parley.protocol.Codec;
import parley.protocol.Fields;
import parley.protocol.HistoryPage;
import parley.protocol.Inbound;
import parley.protocol.MessageCommand;
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

    /** The longest id of a service. */
    int LONGEST_WORD = 100;

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
        // Carrying out the same row again must be the same message.
        if ("post".equals(request.get("do")) && json.path("key").asString("").isEmpty()) {
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
        ObjectNode body = json.deepCopy();
        ObjectNode sender = JsonNodeFactory.instance.objectNode();
        String what = body.path("do").asString("");
        body.remove("do");
        List.of("service", "serviceName").forEach(field -> sender.set(field, body.remove(field)));
        return "listeners".equals(what) ? new ListenersChanged() : of(what, json, new Fields(sender), body);
    }

    private static ServiceRequest of(String what, ObjectNode json, Fields sender, ObjectNode body) {
        String id = sender.text("service", LONGEST_WORD);
        if (!Service.isId(id)) {
            sender.wrong(Problem.badRequest("The id of a service must be 1 to 100 letters, digits, dots, hyphens and underscores."));
        }
        Service by = new Service(id, sender.name("serviceName"));
        return sender.problem().<ServiceRequest>map(Broken::new).orElseGet(() -> {
            if ("post".equals(what)) {
                return post(json, by.actor(), body);
            }
            Fields fields = new Fields(body);
            String room = fields.room("room");
            ServiceRequest request = switch (what) {
                case "read" -> new Read(by, room, HistoryPage.of(fields));
                case "room.create" -> new Change(room(fields, room, by.actor()), json.toString());
                case "member.put" -> new Change(member(fields, room, by.actor()), json.toString());
                case "member.remove" -> new Change(new RemoveMember(room, by.actor(), fields.user("user")), json.toString());
                default -> new Broken(Problem.badRequest("This version of Parley doesn't know the request `" + what + "`."));
            };
            return fields.problem().<ServiceRequest>map(Broken::new).orElse(request);
        });
    }

    // A message is read by the rules of the socket, where it has no thread instead of thread 0.
    private static ServiceRequest post(ObjectNode json, Actor by, ObjectNode body) {
        body.put("type", MessageCommand.Post.TYPE).put("id", 1);
        if (body.path("thread").asLong(1) == 0) {
            body.remove("thread");
        }
        Inbound read = Codec.decode(body);
        return switch (read) {
            case MessageCommand.Post post -> new Change(new PostAsService(new PostMessage(post.room(), by, post.key(), post.text(),
                    post.thread(), post.also(), post.mentions(), post.everyone())), json.toString());
            case BrokenFrame broken -> new Broken(broken.problem());
            default -> throw new IllegalStateException("A post was read as " + read);
        };
    }

    private static Proposal room(Fields fields, String room, Actor by) {
        if (OpenDirectRoom.isReserved(room)) {
            fields.wrong(Problem.badRequest("This id is reserved for a direct room."));
        }
        RoomKind kind = fields.flag("open") ? RoomKind.PUBLIC : RoomKind.PRIVATE;
        return new OpenServiceRoom(room, by,
                new RoomProfile(fields.name("title"), kind, fields.lineOrNone("topic", RoomProfile.LONGEST_TOPIC), Retention.FOREVER));
    }

    private static Proposal member(Fields fields, String room, Actor by) {
        String role = fields.text("role", LONGEST_WORD);
        Optional<Role> known = List.of(Role.OWNER, Role.MODERATOR, Role.MEMBER, Role.GUEST).stream()
                .filter(one -> one.wire().equals(role)).findFirst();
        if (known.isEmpty()) {
            fields.wrong(Problem.badRequest("This version of Parley doesn't know the role `" + role + "`."));
        }
        return new ChangeRole(room, by, new User(fields.user("user"), fields.name("userName")), known.orElse(Role.GUEST));
    }
}
