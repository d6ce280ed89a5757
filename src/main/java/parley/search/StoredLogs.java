package parley.search;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import parley.content.FileContents;
import parley.document.DocumentTexts;
import parley.journal.RoomLog;
import parley.message.History;
import parley.message.MessagePlace;
import parley.protocol.Message;
import parley.protocol.Position;
import parley.protocol.RoomEvent;
import parley.room.Rooms;

/** The logs in the database. Calls wait for it. */
@ApplicationScoped
class StoredLogs implements Logs {

    private static final String NOBODY = "";

    @Inject
    private Rooms rooms;
    @Inject
    private RoomLog log;
    @Inject
    private History history;
    @Inject
    private FileContents contents;
    @Inject
    private DocumentTexts documents;

    @Override
    public Map<String, Position> heads(String after, int limit) {
        return rooms.openPositions(after, limit);
    }

    @Override
    public Map<String, Position> heads(Collection<String> ids) {
        return rooms.openPositions(ids);
    }

    @Override
    public List<RoomEvent> events(String room, long after, int most) {
        return log.storedEvents(room, after, most);
    }

    @Override
    public Map<MessagePlace, Message> messages(Collection<MessagePlace> places) {
        return history.at(places, NOBODY);
    }

    @Override
    public List<String> contents(Message message) {
        return FileContents.mayBeIn(message) ? List.copyOf(contents.of(message).values()) : List.of();
    }

    @Override
    public long contentsHead() {
        return contents.head();
    }

    @Override
    public List<NewContent> contentsAfter(long position, int most) {
        return contents.after(position, most).stream()
                .map(stored -> new NewContent(stored.position(), new MessagePlace(stored.room(), stored.message()))).toList();
    }

    @Override
    public List<DocumentTexts.Text> documents(Collection<String> ids) {
        return documents.of(ids);
    }

    @Override
    public List<String> documentsIn(String room) {
        return documents.in(room);
    }

    @Override
    public long documentsHead() {
        return documents.head();
    }

    @Override
    public List<DocumentTexts.Given> documentsAfter(long position, int most) {
        return documents.after(position, most);
    }

    @Override
    public Set<String> forgetful(String after, int limit) {
        return rooms.forgetful(after, limit).keySet();
    }

    @Override
    public Map<String, Long> oldest(Collection<String> ids) {
        return log.oldestAboutMessages(ids);
    }
}
