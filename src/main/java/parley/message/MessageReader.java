package parley.message;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parley.journal.MessageTexts;
import parley.protocol.Message;
import parley.protocol.MessageChange;
import parley.protocol.RoomEvent;
import parley.protocol.User;

/** Builds messages from the rows of a {@link PageQuery}. For one query and one thread. */
final class MessageReader {

    private final List<Message> messages = new ArrayList<>();
    private final List<String> rooms = new ArrayList<>();
    private List<Message.Reaction> reactions = List.of();
    private long head;

    /** Takes the next row. */
    Void read(ResultSet row) throws SQLException {
        head = row.getLong("head");
        long offset = row.getLong("log_offset");
        if (row.wasNull()) {
            return null;
        }
        String room = row.getString("room");
        if (messages.isEmpty() || messages.getLast().offset() != offset || !rooms.getLast().equals(room)) {
            reactions = new ArrayList<>();
            rooms.add(room);
            messages.add(message(row, offset));
        }
        String emoji = row.getString("emoji");
        if (emoji != null) {
            reactions.add(new Message.Reaction(emoji, row.getInt("people"), MessageRows.ids(row.getString("first_people")),
                    row.getString("user_id") != null));
        }
        return null;
    }

    /** The head of the log with these messages. */
    long head() {
        return head;
    }

    List<Message> messages() {
        return messages;
    }

    /** The last message of each room. */
    Map<String, Message> byRoom() {
        Map<String, Message> byRoom = new HashMap<>();
        for (int i = 0; i < rooms.size(); i++) {
            byRoom.put(rooms.get(i), messages.get(i));
        }
        return byRoom;
    }

    /** The messages by their places. */
    Map<MessagePlace, Message> byPlace() {
        Map<MessagePlace, Message> byPlace = new HashMap<>();
        for (int i = 0; i < rooms.size(); i++) {
            byPlace.put(new MessagePlace(rooms.get(i), messages.get(i).offset()), messages.get(i));
        }
        return byPlace;
    }

    private Message message(ResultSet row, long offset) throws SQLException {
        MessageTexts.Latest latest = MessageTexts.read(row);
        MessageChange.Posted posted = latest.posted();
        User author = latest.event().by();
        String today = row.getString("author_name");
        return new Message(offset, today == null ? author : new User(author.id(), today), latest.event().at(), posted.text(), posted.key(),
                posted.thread(), posted.also(), posted.mentions(), posted.everyone(),
                Optional.ofNullable(latest.edited()).map(RoomEvent::at), posted.deleted(), row.getString("pinned") != null, reactions,
                replies(row), posted.files(), latest.previews(), posted.form());
    }

    private static Optional<Message.Replies> replies(ResultSet row) throws SQLException {
        Optional<Instant> last = time(row, "last_at");
        int count = row.getInt("replies");
        List<String> by = MessageRows.ids(row.getString("replied"));
        return last.map(at -> new Message.Replies(count, at, by));
    }

    private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }
}
