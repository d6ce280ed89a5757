package parley.protocol;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** What the server says, as JSON fields. Absent things have no field; times are UTC with milliseconds (RFC 3339). */
final class FrameWriter {

    private FrameWriter() {
    }

    static void write(JsonGenerator json, Outbound said) {
        json.writeStartObject();
        switch (said) {
            case Reply reply -> reply(json, reply);
            case RoomEvent event -> roomEvent(json, event);
            case Event.Hello hello -> hello(json, hello);
            case Event.Typing typing -> typing(json, typing);
            case Event.Presence presence -> presence(json, presence);
            case Event.Unsubscribed ended -> unsubscribed(json, ended);
            case Event.Activity activity -> MyRoomWriter.write(json, activity);
            case Event.RoomAdded added -> MyRoomWriter.write(json, added);
            case Event.RoomRemoved removed -> {
                json.writeStringProperty("type", "room.removed");
                json.writeStringProperty("room", removed.room());
            }
            case Event.Read read -> {
                json.writeStringProperty("type", "read");
                json.writeStringProperty("room", read.room());
                user(json, "by", read.by());
                json.writeNumberProperty("upto", read.upto());
            }
            case Event.Readers readers -> {
                json.writeStringProperty("type", "read");
                json.writeStringProperty("room", readers.room());
                MyRoomWriter.readers(json, readers.readers());
            }
            case Event.Draft draft -> {
                json.writeStringProperty("type", "draft");
                json.writeStringProperty("room", draft.room());
                json.writeStringProperty("text", draft.text());
            }
            case Event.Notified notified -> notified(json, notified);
            case Event.Withdrawn withdrawn -> withdrawn(json, withdrawn);
            case Event.DocumentUpdated updated -> DocumentWriter.write(json, updated);
            case Event.DocumentAware aware -> DocumentWriter.write(json, aware);
            case Event.DocumentClosed closed -> DocumentWriter.write(json, closed);
            case Event.CallPeople people -> CallWriter.write(json, people);
            case Event.CallLeft left -> CallWriter.write(json, left);
            case Event.Signal signal -> CallWriter.write(json, signal);
            case Event.SlashRan ran -> SlashWriter.write(json, ran);
            case Event.SlashPressed pressed -> SlashWriter.write(json, pressed);
            case Event.SlashAnswered answered -> SlashWriter.write(json, answered);
            case Event.AnnouncementShown shown -> AnnouncementWriter.write(json, shown);
            case Event.AnnouncementEnded ended -> AnnouncementWriter.write(json, ended);
            case Event.FeaturesOn on -> {
                json.writeStringProperty("type", "features");
                features(json, on.features());
            }
        }
        json.writeEndObject();
    }

    private static void reply(JsonGenerator json, Reply reply) {
        if (reply.re() > 0) {
            json.writeNumberProperty("re", reply.re());
        } else {
            json.writeNullProperty("re");
        }
        if (reply instanceof Reply.Refused refused) {
            json.writeObjectPropertyStart("error");
            problem(json, refused.problem());
        } else {
            json.writeObjectPropertyStart("ok");
            ok(json, reply);
        }
        json.writeEndObject();
    }

    private static void ok(JsonGenerator json, Reply reply) {
        switch (reply) {
            case Reply.Refused refused -> throw new IllegalArgumentException("A refusal is no ok.");
            case Reply.Done done -> { }
            case Reply.Stored stored -> json.writeNumberProperty("offset", stored.offset());
            case Reply.Posted posted -> {
                json.writeNumberProperty("offset", posted.offset());
                json.writeBooleanProperty("duplicate", posted.duplicate());
            }
            case Reply.Held held -> {
                // A client that doesn't know `held` must not take it for a message that it has yet to see.
                json.writeNumberProperty("offset", 0);
                json.writeBooleanProperty("duplicate", held.duplicate());
                json.writeBooleanProperty("held", true);
            }
            case Reply.Refreshed refreshed -> {
                json.writeStringProperty("expires", time(refreshed.expires()));
                json.writeNumberProperty("expiresIn", refreshed.expiresIn());
            }
            case Reply.Page page -> page(json, page);
            case Reply.Subscribed subscribed -> subscribed(json, subscribed);
            case Reply.Watching watching -> MyRoomWriter.write(json, watching);
            case Reply.Opened opened -> DocumentWriter.write(json, opened);
            case Reply.InCall call -> CallWriter.write(json, call);
            case Reply.Called called -> json.writeStringProperty("call", called.call());
            case Reply.Slashes slashes -> SlashWriter.write(json, slashes);
            case Reply.Updated updated -> {
                json.writeNumberProperty("version", updated.version());
                json.writeBooleanProperty("duplicate", updated.duplicate());
            }
        }
    }

    private static void problem(JsonGenerator json, Problem problem) {
        json.writeStringProperty("code", problem.code().wire());
        json.writeStringProperty("message", problem.message());
        json.writeBooleanProperty("temporary", problem.temporary());
        if (problem.retryAfter() > 0) {
            json.writeNumberProperty("retryAfter", problem.retryAfter());
        }
    }

    static void page(JsonGenerator json, Reply.Page page) {
        json.writeNumberProperty("asOf", page.asOf());
        messages(json, page.messages());
        json.writeBooleanProperty("more", page.more());
        page.moreAfter().ifPresent(more -> json.writeBooleanProperty("moreAfter", more));
    }

    private static void messages(JsonGenerator json, List<Message> messages) {
        json.writeArrayPropertyStart("messages");
        messages.forEach(message -> MessageWriter.write(json, message));
        json.writeEndArray();
    }

    private static void subscribed(JsonGenerator json, Reply.Subscribed subscribed) {
        json.writeStringProperty("room", subscribed.room());
        json.writeStringProperty("epoch", subscribed.at().epoch());
        json.writeNumberProperty("offset", subscribed.at().offset());
        json.writeStringProperty("role", subscribed.role().wire());
        subscribed.mutedUntil().ifPresent(until -> json.writeStringProperty("muted", time(until)));
        json.writeBooleanProperty("recovered", subscribed.recovered());
        subscribed.newest().ifPresent(newest -> {
            json.writeNumberProperty("asOf", newest.asOf());
            messages(json, newest.messages());
        });
        MyRoomWriter.unread(json, subscribed.unread());
        MyRoomWriter.readers(json, subscribed.readers());
        subscribed.call().ifPresent(call -> CallWriter.write(json, call));
        online(json, subscribed.online());
    }

    private static void roomEvent(JsonGenerator json, RoomEvent event) {
        json.writeStringProperty("type", event.change().type());
        json.writeStringProperty("room", event.room());
        json.writeNumberProperty("offset", event.offset());
        json.writeStringProperty("at", time(event.at()));
        user(json, "by", event.by());
        switch (event.change()) {
            case RoomChange change -> RoomChangeCodec.write(json, change);
            case MemberChange change -> MemberChangeCodec.write(json, change);
            case MessageChange change -> MessageChangeCodec.write(json, change);
            case DocumentChange change -> DocumentChangeCodec.write(json, change);
            case CallChange change -> CallChangeCodec.write(json, change);
        }
    }

    private static void hello(JsonGenerator json, Event.Hello hello) {
        json.writeStringProperty("type", "hello");
        json.writeStringProperty("session", hello.session());
        user(json, "user", hello.user());
        json.writeStringProperty("node", hello.node());
        json.writeStringProperty("build", hello.build());
        json.writeNumberProperty("heartbeat", hello.heartbeat());
        json.writeStringProperty("now", time(hello.now()));
        json.writeStringProperty("expires", time(hello.expires()));
        json.writeNumberProperty("expiresIn", Duration.between(hello.now(), hello.expires()).toMillis());
        features(json, hello.features());
        json.writeObjectPropertyStart("limits");
        json.writeNumberProperty("frame", hello.limits().frame());
        json.writeNumberProperty("text", hello.limits().text());
        json.writeNumberProperty("subscriptions", hello.limits().subscriptions());
        number(json, "edit", hello.limits().edit());
        number(json, "file", hello.limits().file());
        number(json, "files", hello.limits().files());
        json.writeObjectPropertyStart("retention");
        json.writeStringProperty("default", hello.limits().kept().standard().wire());
        json.writeStringProperty("floor", hello.limits().kept().floor().wire());
        json.writeStringProperty("ceiling", hello.limits().kept().ceiling().wire());
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void features(JsonGenerator json, List<Feature> features) {
        json.writeArrayPropertyStart("features");
        features.forEach(feature -> json.writeString(feature.wire()));
        json.writeEndArray();
    }

    private static void typing(JsonGenerator json, Event.Typing typing) {
        json.writeStringProperty("type", "typing");
        json.writeStringProperty("room", typing.room());
        user(json, "by", typing.by());
        json.writeBooleanProperty("on", typing.on());
    }

    private static void presence(JsonGenerator json, Event.Presence presence) {
        json.writeStringProperty("type", "presence");
        json.writeStringProperty("room", presence.room());
        online(json, presence.online());
        strings(json, "joined", presence.joined());
        strings(json, "left", presence.left());
        users(json, "renamed", presence.renamed());
    }

    private static void unsubscribed(JsonGenerator json, Event.Unsubscribed ended) {
        json.writeStringProperty("type", "unsubscribed");
        json.writeStringProperty("room", ended.room());
        json.writeStringProperty("code", ended.code().wire());
        json.writeBooleanProperty("resubscribe", ended.resubscribe());
    }

    private static void notified(JsonGenerator json, Event.Notified notified) {
        json.writeStringProperty("type", "notified");
        json.writeNumberProperty("id", notified.id());
        json.writeStringProperty("room", notified.room());
        number(json, "offset", notified.offset());
        user(json, "by", notified.by());
        json.writeStringProperty("why", notified.why().wire());
        if (!notified.text().isEmpty()) {
            json.writeStringProperty("text", notified.text());
        }
    }

    private static void withdrawn(JsonGenerator json, Event.Withdrawn withdrawn) {
        json.writeStringProperty("type", "withdrawn");
        number(json, "upto", withdrawn.upto());
        if (!withdrawn.ids().isEmpty()) {
            json.writeArrayPropertyStart("ids");
            withdrawn.ids().forEach(json::writeNumber);
            json.writeEndArray();
        }
    }

    private static void online(JsonGenerator json, Online online) {
        if (online.listed()) {
            json.writeArrayPropertyStart("online");
            online.users().forEach(json::writeString);
            json.writeEndArray();
        } else {
            json.writeNumberProperty("online", online.count());
        }
    }

    static void user(JsonGenerator json, String name, User user) {
        json.writeName(name);
        user(json, user);
    }

    static void users(JsonGenerator json, String name, List<User> users) {
        if (!users.isEmpty()) {
            json.writeArrayPropertyStart(name);
            users.forEach(user -> user(json, user));
            json.writeEndArray();
        }
    }

    private static void user(JsonGenerator json, User user) {
        json.writeStartObject();
        json.writeStringProperty("id", user.id());
        json.writeStringProperty("name", user.name());
        json.writeEndObject();
    }

    static void number(JsonGenerator json, String name, long value) {
        if (value > 0) {
            json.writeNumberProperty(name, value);
        }
    }

    static void flag(JsonGenerator json, String name, boolean value) {
        if (value) {
            json.writeBooleanProperty(name, true);
        }
    }

    static void strings(JsonGenerator json, String name, List<String> values) {
        if (!values.isEmpty()) {
            json.writeArrayPropertyStart(name);
            values.forEach(json::writeString);
            json.writeEndArray();
        }
    }

    static String time(Instant at) {
        return WireTime.text(at);
    }
}
