package parley.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The frames in {@code protocol/examples}, which the browser client's tests and the protocol's page read too: the codec
 * reads every command and writes every reply and event exactly so.
 */
class GoldenFramesTest {

    private static final Path EXAMPLES = Path.of("src/main/webapp/protocol/examples");
    private static final JsonMapper JSON = new JsonMapper();

    @TestFactory
    Stream<DynamicTest> theCodecAgreesWithEveryExample() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path file : files()) {
            JsonNode example = JSON.readTree(Files.readString(file));
            String command = example.path("command").path("type").stringValue("");
            if (!command.isEmpty()) {
                tests.add(DynamicTest.dynamicTest(file.getFileName() + " command", () -> assertThat(
                        read((Record) Codec.decode(example.get("command").toString())))
                        .containsAllEntriesOf(fields(example.get("command")))));
            }
            example.path("replies").forEach(reply -> tests.add(DynamicTest.dynamicTest(file.getFileName() + " reply",
                    () -> assertThat(written(reply(command, reply))).isEqualTo(reply))));
            example.path("events").forEach(event -> tests.add(DynamicTest.dynamicTest(file.getFileName() + " event",
                    () -> assertThat(written(event(event))).isEqualTo(event))));
        }
        return tests.stream();
    }

    @Test
    void everyCloseCodeHasAnExample() throws IOException {
        List<Integer> shown = JSON.readTree(Files.readString(EXAMPLES.resolve("closing.json"))).valueStream()
                .map(close -> close.get("code").intValue()).toList();
        assertThat(shown).containsAll(Stream.of(CloseCode.values()).map(CloseCode::code).toList());
    }

    // The components of a command by name, those of its parts included: exchanging two fields in a reader changes them.
    private static Map<String, String> read(Record command) throws ReflectiveOperationException {
        Map<String, String> components = new HashMap<>();
        if (command instanceof Command read) {
            components.put("type", read.type());
        }
        for (RecordComponent component : command.getClass().getRecordComponents()) {
            Object value = component.getAccessor().invoke(command);
            if (command instanceof CallCommand.Signal && component.getName().equals("data")) {
                value = text(JSON.readTree((String) value));
            }
            Object present = value instanceof Optional<?> optional ? optional.orElse(null) : value;
            if (present instanceof Record part) {
                components.putAll(read(part));
            } else {
                components.put(component.getName(), String.valueOf(present));
            }
        }
        return components;
    }

    private static Map<String, String> fields(JsonNode json) {
        Map<String, String> fields = new HashMap<>();
        json.properties().forEach(field -> {
            if (field.getValue().isObject()) {
                fields.putAll(fields(field.getValue()));
            } else {
                fields.put(field.getKey(), text(field.getValue()));
            }
        });
        return fields;
    }

    private static String text(JsonNode value) {
        return value.isArray() ? value.valueStream().map(GoldenFramesTest::text).toList().toString()
                : value.isString() ? value.stringValue() : value.toString();
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            List<Path> found = files.filter(file -> !file.endsWith("closing.json")).sorted().toList();
            assertThat(found).isNotEmpty();
            return found;
        }
    }

    private static JsonNode written(Outbound said) {
        return JSON.readTree(Codec.encode(said).text());
    }

    private static Reply reply(String command, JsonNode reply) {
        long re = reply.get("re").longValue(0);
        if (reply.has("error")) {
            JsonNode error = reply.get("error");
            return new Reply.Refused(re, new Problem(
                    ErrorCode.valueOf(error.get("code").stringValue().toUpperCase(Locale.ROOT)),
                    error.get("message").stringValue(), error.get("temporary").booleanValue(),
                    error.path("retryAfter").longValue(0)));
        }
        JsonNode ok = reply.get("ok");
        return switch (command) {
            case "subscribe" -> new Reply.Subscribed(re, ok.get("room").stringValue(),
                    new Position(ok.get("epoch").stringValue(), ok.get("offset").longValue()),
                    Role.of(ok.get("role").stringValue()),
                    Optional.ofNullable(ok.get("muted")).map(GoldenFramesTest::at), ok.get("recovered").booleanValue(),
                    ok.has("messages") ? Optional.of(new Reply.Subscribed.Newest(messages(ok), ok.get("asOf").longValue()))
                            : Optional.empty(), ok.has("read") ? Optional.of(unread(ok)) : Optional.empty(), readers(ok),
                    Optional.ofNullable(ok.get("call")).map(call -> new OngoingCall(call.get("call").stringValue(), user(call.get("by")),
                            at(call.get("started")), participants(call))), online(ok));
            case "watch" -> new Reply.Watching(re, ok.get("rooms").valueStream().map(GoldenFramesTest::myRoom).toList(),
                    Optional.ofNullable(ok.get("next")).map(JsonNode::stringValue));
            case "room.join", "room.leave", "message.edit", "message.delete", "reaction.add", "reaction.remove", "message.pin",
                    "message.unpin", "message.unpreview" -> new Reply.Stored(re, ok.get("offset").longValue());
            case "message.post" -> ok.path("held").booleanValue(false) ? new Reply.Held(re, ok.get("duplicate").booleanValue())
                : new Reply.Posted(re, ok.get("offset").longValue(), ok.get("duplicate").booleanValue());
            case "slash.run", "slash.press" -> new Reply.Called(re, ok.get("call").stringValue());
            case "slash.list" -> new Reply.Slashes(re, ok.get("commands").valueStream().map(GoldenFramesTest::offered).toList());
            case "auth.refresh" -> new Reply.Refreshed(re, at(ok.get("expires")), ok.get("expiresIn").longValue());
            case "history" -> new Reply.Page(re, ok.get("asOf").longValue(), messages(ok), ok.get("more").booleanValue(),
                    Optional.ofNullable(ok.get("moreAfter")).map(JsonNode::booleanValue));
            case "document.open" -> new Reply.Opened(re, ok.get("document").stringValue(), ok.get("title").stringValue(),
                    ok.get("version").longValue(), Optional.ofNullable(ok.get("snapshot")).map(JsonNode::stringValue),
                    ok.path("download").booleanValue(false), strings(ok.get("updates")),
                    ok.get("recovered").booleanValue(), ok.path("more").booleanValue(false));
            case "document.update" -> new Reply.Updated(re, ok.get("version").longValue(), ok.get("duplicate").booleanValue());
            case "call.start", "call.join", "call.leave" -> new Reply.InCall(re, ok.get("call").stringValue(),
                    Optional.ofNullable(ok.get("participant")).map(JsonNode::stringValue), participants(ok));
            default -> new Reply.Done(re);
        };
    }

    private static List<Message> messages(JsonNode ok) {
        return ok.get("messages").valueStream().map(GoldenFramesTest::message).toList();
    }

    private static Message message(JsonNode message) {
        return new Message(message.get("offset").longValue(), user(message.get("by")), at(message.get("at")),
                message.path("text").stringValue(""), message.get("key").stringValue(), message.path("thread").longValue(0),
                message.path("also").booleanValue(false), strings(message.path("mentions")), message.path("everyone").booleanValue(false),
                Optional.ofNullable(message.get("edited")).map(GoldenFramesTest::at), message.path("deleted").booleanValue(false),
                message.path("pinned").booleanValue(false), message.path("reactions").properties().stream().map(reaction ->
                        new Message.Reaction(reaction.getKey(), reaction.getValue().get("count").intValue(),
                                strings(reaction.getValue().get("by")), reaction.getValue().path("mine").booleanValue(false))).toList(),
                Optional.ofNullable(message.get("replies")).map(replies -> new Message.Replies(replies.get("count").intValue(),
                        at(replies.get("last")), strings(replies.get("by")))));
    }

    private static Retention retention(JsonNode event, String limit) {
        return Retention.of(event.at("/limits/retention/" + limit).stringValue()).orElseThrow();
    }

    private static Event event(JsonNode event) {
        return switch (event.get("type").stringValue()) {
            case "hello" -> new Event.Hello(event.get("session").stringValue(), user(event.get("user")),
                    event.get("node").stringValue(), event.get("build").stringValue(), event.get("heartbeat").longValue(),
                    at(event.get("now")), at(event.get("expires")),
                    strings(event.get("features")).stream().map(name -> Feature.valueOf(name.toUpperCase(Locale.ROOT))).toList(),
                    new Event.Limits(event.at("/limits/frame").intValue(), event.at("/limits/text").intValue(),
                            event.at("/limits/subscriptions").intValue(), event.at("/limits/edit").longValue(),
                            event.at("/limits/file").longValue(), event.at("/limits/files").intValue(),
                            new Event.Kept(retention(event, "default"), retention(event, "floor"), retention(event, "ceiling"))));
            case "typing" -> new Event.Typing(event.get("room").stringValue(), user(event.get("by")),
                    event.get("on").booleanValue());
            case "presence" -> new Event.Presence(event.get("room").stringValue(), online(event),
                    strings(event.path("joined")), strings(event.path("left")),
                    event.path("renamed").valueStream().map(GoldenFramesTest::user).toList());
            case "unsubscribed" -> new Event.Unsubscribed(event.get("room").stringValue(),
                    ErrorCode.valueOf(event.get("code").stringValue().toUpperCase(Locale.ROOT)),
                    event.get("resubscribe").booleanValue());
            case "activity" -> new Event.Activity(event.get("room").stringValue(), unread(event), last(event));
            case "room.added" -> new Event.RoomAdded(myRoom(event.get("room")));
            case "room.removed" -> new Event.RoomRemoved(event.get("room").stringValue());
            case "read" -> event.has("readers") ? new Event.Readers(event.get("room").stringValue(), readers(event))
                    : new Event.Read(event.get("room").stringValue(), user(event.get("by")), event.get("upto").longValue());
            case "draft" -> new Event.Draft(event.get("room").stringValue(), event.get("text").stringValue());
            case "notified" -> new Event.Notified(event.get("id").longValue(), event.get("room").stringValue(),
                    event.path("offset").longValue(0), user(event.get("by")), Why.of(event.get("why").stringValue()),
                    event.path("text").stringValue(""));
            case "withdrawn" -> new Event.Withdrawn(event.path("upto").longValue(0),
                    event.path("ids").valueStream().map(JsonNode::longValue).toList());
            case "document.updated" -> new Event.DocumentUpdated(event.get("room").stringValue(), event.get("document").stringValue(),
                    event.get("version").longValue(), event.get("update").stringValue(), user(event.get("by")));
            case "document.aware" -> new Event.DocumentAware(event.get("room").stringValue(), event.get("document").stringValue(),
                    event.get("data").stringValue(), user(event.get("by")));
            case "document.closed" -> new Event.DocumentClosed(event.get("room").stringValue(), event.get("document").stringValue(),
                    ErrorCode.valueOf(event.get("code").stringValue().toUpperCase(Locale.ROOT)), event.get("reopen").booleanValue());
            case "call.people" -> new Event.CallPeople(event.get("room").stringValue(), event.get("call").stringValue(),
                    participants(event));
            case "call.left" -> new Event.CallLeft(event.get("room").stringValue(), event.get("call").stringValue(),
                    event.get("participant").stringValue(),
                    ErrorCode.valueOf(event.get("code").stringValue().toUpperCase(Locale.ROOT)), event.get("rejoin").booleanValue());
            case "signal" -> new Event.Signal(event.get("room").stringValue(), event.get("call").stringValue(), user(event.get("by")),
                    event.get("participant").stringValue(), event.get("data").toString());
            case "slash.ran" -> new Event.SlashRan(event.get("call").stringValue(), event.get("room").stringValue(),
                    user(event.get("by")), event.get("command").stringValue(), event.get("text").stringValue());
            case "slash.pressed" -> new Event.SlashPressed(event.get("call").stringValue(), event.get("room").stringValue(),
                    user(event.get("by")), event.path("message").longValue(0), event.get("action").stringValue(), values(event));
            case "slash.answered" -> new Event.SlashAnswered(event.get("call").stringValue(), event.get("room").stringValue(),
                    user(event.get("by")), event.get("text").stringValue(),
                    Optional.ofNullable(event.get("form")).map(form -> Form.of(form.toString())));
            case "announcement.shown" -> new Event.AnnouncementShown(event.get("id").stringValue(),
                    AnnouncementKind.of(event.get("kind").stringValue()).orElseThrow(), event.get("text").stringValue(),
                    Optional.ofNullable(event.get("link")).map(JsonNode::stringValue),
                    Optional.ofNullable(event.get("until")).map(GoldenFramesTest::at), event.path("dismissible").booleanValue(false));
            case "features" -> new Event.FeaturesOn(event.get("features").valueStream()
                    .map(name -> Feature.valueOf(name.stringValue().toUpperCase(Locale.ROOT))).toList());
            case "announcement.ended" -> new Event.AnnouncementEnded(event.get("id").stringValue());
            default -> Codec.decodeEvent(event.toString());
        };
    }

    private static Map<String, String> values(JsonNode pressed) {
        Map<String, String> values = new LinkedHashMap<>();
        pressed.get("values").properties().forEach(value -> values.put(value.getKey(), value.getValue().stringValue()));
        return values;
    }

    private static Slash.Offered offered(JsonNode slash) {
        return new Slash.Offered(new Slash(slash.get("name").stringValue(), slash.get("description").stringValue(),
                slash.path("hint").stringValue(""), List.of()), user(slash.get("by")));
    }

    private static List<CallParticipant> participants(JsonNode call) {
        return call.get("people").valueStream().map(one -> new CallParticipant(user(one), one.get("participant").stringValue(),
                one.path("lost").booleanValue(false))).toList();
    }

    private static MyRoom myRoom(JsonNode room) {
        return new MyRoom(room.get("id").stringValue(), new RoomProfile(room.get("name").stringValue(),
                RoomKind.of(room.get("kind").stringValue()).orElseThrow(), room.path("topic").stringValue(""), Retention.FOREVER),
                Role.of(room.get("role").stringValue()), new Position(room.get("epoch").stringValue(), room.get("offset").longValue()),
                unread(room), last(room), Optional.ofNullable(room.get("muted")).map(GoldenFramesTest::at),
                room.path("people").valueStream().map(GoldenFramesTest::user).toList(),
                new MyRoom.Place(Level.of(room.get("level").stringValue()).orElseThrow(), room.path("favourite").booleanValue(false),
                        room.path("hidden").booleanValue(false), room.path("section").stringValue(""), room.path("position").longValue(0)));
    }

    private static Unread unread(JsonNode json) {
        return new Unread(json.get("offset").longValue(), json.get("read").longValue(), json.get("unread").intValue(),
                json.get("mentions").intValue());
    }

    private static List<Unread.Reader> readers(JsonNode json) {
        return json.path("readers").valueStream().map(reader -> new Unread.Reader(reader.get("user").stringValue(),
                reader.get("upto").longValue())).toList();
    }

    private static Optional<Message> last(JsonNode json) {
        return Optional.ofNullable(json.get("last")).map(GoldenFramesTest::message);
    }

    private static Online online(JsonNode json) {
        JsonNode online = json.get("online");
        return online.isArray() ? new Online(online.size(), strings(online)) : new Online(online.intValue(), List.of());
    }

    private static User user(JsonNode json) {
        return new User(json.get("id").stringValue(), json.get("name").stringValue());
    }

    private static Instant at(JsonNode json) {
        return Instant.parse(json.stringValue());
    }

    private static List<String> strings(JsonNode json) {
        return json.valueStream().map(JsonNode::stringValue).toList();
    }
}
