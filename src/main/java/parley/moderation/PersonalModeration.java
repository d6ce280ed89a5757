package parley.moderation;

import static parley.personal.PersonalColumn.clearedContent;
import static parley.personal.PersonalColumn.content;
import static parley.personal.PersonalColumn.frame;
import static parley.personal.PersonalColumn.id;
import static parley.personal.PersonalColumn.name;
import static parley.personal.PersonalColumn.stays;
import static parley.personal.PersonalColumn.text;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import parley.message.MessagePlace;
import parley.personal.Erased;
import parley.personal.PersonalColumn;
import parley.personal.PersonalData;

/** What removals, reports, rules and waiting messages have of people. A removal of the messages of an erased person becomes final. */
@ApplicationScoped
class PersonalModeration implements PersonalData {

    private static final int AT_ONCE = 100;

    @Inject
    private RemovalRows rows;
    @Inject
    private RemovedMessages originals;

    @Override
    public List<PersonalColumn> columns() {
        return List.of(id("removal", "person"), stays("removal", "rooms", "It has ids of rooms."), text("removal", "reason"),
                name("removal", "started_by_name", "started_by"), id("removal", "started_by"),
                name("removal", "undone_by_name", "undone_by"), id("removal", "undone_by"),
                stays("removal", "node", "It is an instance."), frame("removed_frame", "frame"),
                stays("removed_reaction", "emoji", "It is an emoji."), content("report", "author"),
                name("report", "author_name", "author"), text("report", "content"), name("report", "reporter_name", "reporter"),
                clearedContent("report", "note", "reporter"), id("report", "reporter"), id("report", "taken_by"),
                id("report", "resolved_by"), text("report", "rule_pattern"), id("text_rule", "created_by"), text("text_rule", "pattern"),
                name("waiting_message", "author_name", "author"), frame("waiting_message", "frame"), text("waiting_message", "pattern"),
                content("waiting_message", "author"), id("waiting_message", "decided_by"));
    }

    @Override
    public int remove(Erased erased) {
        Optional<Removal> next = rows.left(erased.person());
        return next.map(removal -> {
            // First: if an instance works on it, that instance deletes what it keeps from now on.
            rows.end(removal.id(), Removal.State.FINAL, Instant.now());
            List<MessagePlace> kept = rows.kept(removal.id(), AT_ONCE);
            originals.delete(kept);
            return Math.max(1, kept.size());
        }).orElse(0);
    }

    @Override
    public String removes() {
        return "removedMessages";
    }
}
