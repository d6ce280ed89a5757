package parley.export;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import parley.notify.Notification;
import parley.notify.Notifications;
import parley.people.Blocks;
import parley.people.Profiles;
import parley.protocol.MyRoom;
import parley.protocol.Reply;
import parley.protocol.WireTime;
import parley.reading.Drafts;
import parley.reading.MyRooms;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes what the server keeps about a person beside the log: profile, settings, rooms, drafts, blocks and notifications. */
@ApplicationScoped
class OwnData {

    private static final int PAGE = 500;

    @Inject
    private Profiles profiles;
    @Inject
    private MyRooms rooms;
    @Inject
    private Drafts drafts;
    @Inject
    private Blocks blocks;
    @Inject
    private Notifications notifications;

    void write(Run run) {
        String person = run.request().person().orElseThrow();
        profile(run, person);
        rooms(run, person);
        drafts(run, person);
        notifications(run, person);
    }

    private void profile(Run run, String person) {
        ObjectNode json = Lines.object().put("id", person);
        profiles.of(person, Instant.now()).ifPresent(own -> {
            json.put("name", own.person().name());
            own.person().picture().ifPresent(picture -> json.put("picture", picture));
            own.person().status().ifPresent(status -> {
                ObjectNode shown = json.putObject("status").put("text", status.text());
                status.emoji().ifPresent(emoji -> shown.put("emoji", emoji));
                status.until().ifPresent(until -> shown.put("until", WireTime.text(until)));
            });
            json.put("availability", own.preference().availability().wire()).put("receipts", own.preference().receipts());
            own.preference().quiet().ifPresent(quiet -> json.putObject("quiet").put("from", quiet.from().toString())
                    .put("to", quiet.to().toString()).put("zone", quiet.zone().getId()));
            ArrayNode words = json.putArray("keywords");
            own.preference().keywords().forEach(words::add);
        });
        ArrayNode blocked = json.putArray("blocks");
        blocks.of(person).forEach(user -> blocked.addObject().put("id", user.id()).put("name", user.name()));
        FileWriter file = run.file("profile.json");
        file.write(Lines.bytes(json));
        file.complete();
    }

    private void rooms(Run run, String person) {
        FileWriter file = run.file("settings.jsonl");
        Optional<Reply.Watching> page = rooms.page(person, "", PAGE);
        while (page.isPresent()) {
            for (MyRoom room : page.get().rooms()) {
                ObjectNode line = Lines.object().put("room", room.id()).put("kind", room.profile().kind().wire())
                        .put("name", room.profile().name()).put("role", room.role().wire()).put("unread", room.unread().messages())
                        .put("favourite", room.place().favourite()).put("hidden", room.place().hidden())
                        .put("section", room.place().section()).put("position", room.place().position());
                line.put("level", room.place().level().wire());
                file.write(Lines.bytes(line));
            }
            run.look();
            page = page.get().next().flatMap(next -> rooms.page(person, next, PAGE));
        }
        file.complete();
    }

    private void drafts(Run run, String person) {
        FileWriter file = run.file("drafts.jsonl");
        drafts.of(person).forEach(draft -> file.write(Lines.bytes(Lines.object().put("room", draft.room()).put("at", draft.at())
                .put("text", draft.text()))));
        file.complete();
    }

    private void notifications(Run run, String person) {
        FileWriter file = run.file("notifications.jsonl");
        long before = Long.MAX_VALUE;
        boolean more = true;
        while (more) {
            List<Notification> page = notifications.of(person, before, PAGE);
            for (Notification shown : page) {
                file.write(Lines.bytes(Lines.object().put("id", shown.id()).put("room", shown.room()).put("offset", shown.offset())
                        .put("why", shown.why().wire()).put("by", shown.by().id()).put("at", WireTime.text(shown.at()))
                        .put("read", shown.seen())));
                before = shown.id();
            }
            more = page.size() == PAGE;
        }
        file.complete();
    }
}
