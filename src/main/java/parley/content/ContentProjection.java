package parley.content;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import parley.protocol.AttachedFile;
import parley.protocol.MessageChange;
import parley.protocol.RoomEvent;
import parley.room.Projection;
import parley.settings.Settings;
import parley.sql.Rows;
import parley.sql.Slice;

/**
 * Stores a job for each file with text that a message begins to carry. A rebuild changes nothing here: it derives messages under another
 * room id, which has no files. The database deletes jobs and texts with their files.
 */
@ApplicationScoped
class ContentProjection implements Projection {

    @Inject
    private Settings settings;

    @Override
    public void project(List<RoomEvent> events, boolean copied, EntityManager em) {
        if (!FileContents.areOn(settings)) {
            return;
        }
        for (RoomEvent event : events) {
            switch (event.change()) {
                case MessageChange.Posted posted when !posted.deleted() -> add(event, posted.files(), em);
                case MessageChange.Edited edited when !edited.deleted() -> add(event, edited.files(), em);
                default -> { }
            }
        }
    }

    private void add(RoomEvent event, List<AttachedFile> files, EntityManager em) {
        for (AttachedFile file : files) {
            if (ContentTypes.kind(file.type()).isPresent() && file.size() <= settings.search().contentBytes()) {
                ContentQueue.add(file.id(), event.room(), Instant.now(), em);
            }
        }
    }

    /** A message with files is never stored by insertions. */
    @Override
    public List<Rows.Insertion<?>> insertions(List<RoomEvent> posts, boolean copied) {
        return List.of();
    }

    @Override
    public void forget(String room, long upTo, EntityManager em) {
        // Texts are deleted with their files.
    }

    @Override
    public void replace(Slice slice, String other, boolean copied, EntityManager em) {
        // Texts stay with the files.
    }
}
