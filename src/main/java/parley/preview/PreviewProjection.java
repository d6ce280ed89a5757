package parley.preview;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import parley.feature.Features;
import parley.journal.DeletionRuns;
import parley.protocol.Feature;
import parley.protocol.LinkPreview;
import parley.protocol.Links;
import parley.protocol.MessageChange;
import parley.protocol.RoomChange;
import parley.protocol.RoomEvent;
import parley.room.Projection;
import parley.sql.Rows;
import parley.sql.Slice;
import parley.sql.Statements;

/**
 * Stores a job for each message with links, in the transaction that stores the message, and removes pictures that no preview shows. A
 * rebuild changes nothing here: pictures don't follow from the log, and old links get no jobs.
 */
@ApplicationScoped
class PreviewProjection implements Projection {

    private static final Rows<RoomEvent> JOBS = Rows.<RoomEvent>of("preview_job").text("room", RoomEvent::room)
            .number("message_offset", RoomEvent::offset).number("log_offset", RoomEvent::offset)
            .number("created_at", event -> event.at().toEpochMilli()).number("due_at", event -> event.at().toEpochMilli());

    private final Clock clock = Clock.systemUTC();

    @Inject
    private Features features;
    @Inject
    private PreviewQueue queue;

    @Override
    public void project(List<RoomEvent> events, boolean copied, EntityManager em) {
        JOBS.insert(em, wanted(events));
        for (List<RoomEvent> run : DeletionRuns.of(events)) {
            RoomEvent event = run.getFirst();
            switch (event.change()) {
                case MessageChange.Edited edited when !edited.deleted() -> {
                    keepPictures(event.room(), edited.message(), edited.previews(), em);
                    askAgain(event, edited, em);
                }
                case MessageChange.Previewed previewed -> keepPictures(event.room(), previewed.message(), previewed.previews(), em);
                case MessageChange.Deleted deleted -> PreviewPictures.delete(event.room(), DeletionRuns.messages(run), em);
                case RoomChange.Closed closed -> {
                    Statements.update(em, "delete from preview_picture where room = ?", event.room());
                    Statements.update(em, "delete from preview_job where room = ?", event.room());
                }
                default -> { }
            }
        }
    }

    @Override
    public List<Rows.Insertion<?>> insertions(List<RoomEvent> posts, boolean copied) {
        return List.of(JOBS.insertionOf(wanted(posts)));
    }

    private List<RoomEvent> wanted(List<RoomEvent> events) {
        return takesJobs() ? events.stream().filter(event -> event.change() instanceof MessageChange.Posted posted && !posted.deleted()
                && isNew(event) && Links.areIn(posted.text())).toList() : List.of();
    }

    private void askAgain(RoomEvent event, MessageChange.Edited edited, EntityManager em) {
        if (takesJobs() && isNew(event) && Links.areIn(edited.text()) && !Statements.finds(em,
                "select 1 from message_preview where room = ? and message_offset = ? and removed", event.room(), edited.message())) {
            Statements.update(em, "delete from preview_job where room = ? and message_offset = ?", event.room(), edited.message());
            Statements.update(em, "insert into preview_job (room, message_offset, log_offset, created_at, due_at) values (?, ?, ?, ?, ?)",
                    event.room(), edited.message(), event.offset(), event.at().toEpochMilli(), event.at().toEpochMilli());
        }
    }

    private boolean takesJobs() {
        return features.isOn(Feature.PREVIEWS) && !queue.isFull();
    }

    // A rebuild projects old events again.
    private boolean isNew(RoomEvent event) {
        return event.at().isAfter(Instant.now(clock).minus(PreviewQueue.LONGEST_WAIT));
    }

    private static void keepPictures(String room, long message, List<LinkPreview> previews, EntityManager em) {
        PreviewPictures.keep(room, message, previews.stream().map(LinkPreview::picture).toList(), em);
    }

    @Override
    public void forget(String room, long upTo, EntityManager em) {
        Statements.update(em, "delete from preview_picture where room = ? and message_offset <= ?", room, upTo);
    }

    @Override
    public void replace(Slice slice, String other, boolean copied, EntityManager em) {
        Statements.update(em, "delete from preview_job where room = ?", other);
    }
}
