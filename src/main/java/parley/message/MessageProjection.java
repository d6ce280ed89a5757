package parley.message;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.util.List;
import parley.journal.DeletionRuns;
import parley.protocol.MessageChange;
import parley.protocol.RoomEvent;
import parley.room.Projection;
import parley.sql.Rows;
import parley.sql.Slice;

/** Keeps the tables of this package as the log says. */
@ApplicationScoped
class MessageProjection implements Projection {

    @Override
    public void project(List<RoomEvent> events, boolean copied, EntityManager em) {
        // A message is posted before it is changed, so all posts can come first.
        List<RoomEvent> posts = events.stream().filter(event -> event.change() instanceof MessageChange.Posted).toList();
        if (copied) {
            MessageRows.post(em, posts);
        }
        MentionRows.post(em, posts);
        ThreadRows.post(em, posts);
        for (List<RoomEvent> run : DeletionRuns.of(events)) {
            if (run.getFirst().change() instanceof MessageChange.OfMessage change) {
                project(run, change, em);
            }
        }
    }

    @Override
    public List<Rows.Insertion<?>> insertions(List<RoomEvent> posts, boolean copied) {
        return copied ? List.of(MessageRows.insertion(posts), MentionRows.insertion(posts)) : List.of(MentionRows.insertion(posts));
    }

    private static void project(List<RoomEvent> run, MessageChange.OfMessage change, EntityManager em) {
        RoomEvent event = run.getFirst();
        switch (change) {
            case MessageChange.Edited edited -> {
                MessageRows.edit(em, event, edited);
                MentionRows.edit(em, event, edited);
            }
            case MessageChange.Deleted deleted -> delete(event.room(), DeletionRuns.messages(run), em);
            case MessageChange.Restored restored -> {
                if (!restored.deleted()) {
                    restore(event, restored, em);
                }
            }
            case MessageChange.ReactionAdded added -> ReactionRows.add(em, event, added);
            case MessageChange.ReactionRemoved removed -> ReactionRows.remove(em, event, removed);
            case MessageChange.Pinned pinned -> PinRows.pin(em, event, pinned.message());
            case MessageChange.Unpinned unpinned -> PinRows.unpin(em, event.room(), unpinned.message());
            case MessageChange.Previewed previewed -> { }
        }
    }

    private static void restore(RoomEvent event, MessageChange.Restored restored, EntityManager em) {
        MessageRows.restore(em, event.room(), restored);
        MentionRows.restore(em, event.room(), restored);
        ThreadRows.restore(em, event.room(), restored.thread());
    }

    private static void delete(String room, Long[] messages, EntityManager em) {
        MessageRows.delete(em, room, messages);
        MentionRows.delete(em, room, messages);
        ReactionRows.clear(em, room, messages);
        PinRows.unpin(em, room, messages);
        for (long message : messages) {
            ThreadRows.delete(em, room, message);
        }
    }

    @Override
    public void forget(String room, long upTo, EntityManager em) {
        MessageRows.forget(em, room, upTo);
        MentionRows.forget(em, room, upTo);
        ReactionRows.forget(em, room, upTo);
        PinRows.forget(em, room, upTo);
        ThreadRows.forget(em, room, upTo);
    }

    @Override
    public void replace(Slice slice, String other, boolean copied, EntityManager em) {
        if (copied) {
            slice.replaceBy(other, "message", "log_offset", em);
        }
        for (String table : List.of("mention", "reaction", "reaction_count", "pin")) {
            slice.replaceBy(other, table, "message_offset", em);
        }
        for (String table : List.of("thread", "thread_person")) {
            slice.replaceBy(other, table, "root_offset", em);
        }
    }
}
