package parley.message;

import java.util.ArrayList;
import java.util.List;
import parley.journal.MessageTexts;
import parley.protocol.HistoryPage;

/**
 * The one statement that reads a page of messages with all that belongs to them, and the head of the log: one statement sees one state.
 * Its rows are a message and one emoji each; a room without messages has one row.
 */
final class PageQuery {

    // The author has today's name.
    private static final String COLUMNS = "e.room, e.log_offset, (select a.name from person a where a.id = e.actor) author_name, "
            + MessageTexts.FRAMES;
    private static final String SELECTED = """
            select r.head, m.*, p.log_offset pinned, t.replies, t.last_at, t.first_people replied, c.emoji, c.people, c.first_people,
                    x.user_id
            from room r\s""";
    private static final String JOINED = """
            left join pin p on p.room = m.room and p.message_offset = m.log_offset
            left join thread t on t.room = m.room and t.root_offset = m.log_offset
            left join reaction_count c on c.room = m.room and c.message_offset = m.log_offset
            left join reaction x on x.room = c.room and x.message_offset = c.message_offset and x.emoji = c.emoji and x.user_id = ?
            """;
    private static final String REST = ") m on m.room = r.id\n" + JOINED + "where r.id = ? order by m.log_offset, c.log_offset";

    /** The query for messages of several rooms. Its arguments are the rooms, the offsets and the reader's id. */
    static final String OF_SEVERAL_ROOMS = SELECTED + "join (select " + COLUMNS + """
             from unnest(cast(? as varchar array), cast(? as bigint array)) as q(room, at)
            join room_event e on e.room = q.room and e.log_offset = q.at and e.type = 'message.posted') m on m.room = r.id
            """ + JOINED + "order by m.room, m.log_offset, c.log_offset";

    private final StringBuilder offsets = new StringBuilder();
    private final List<Object> arguments = new ArrayList<>();
    private final String room;
    private final HistoryPage page;

    private PageQuery(String room, HistoryPage page) {
        this.room = room;
        this.page = page;
    }

    /**
     * The query for a page.
     *
     * @param from the first offset from the place on, if the page reads on both sides of a place
     */
    static PageQuery of(String room, HistoryPage page, long from) {
        PageQuery query = new PageQuery(room, page);
        if (page.bothSides()) {
            query.slice("<", from, "desc", before(page) + 1);
            query.offsets.append(" union all ");
            query.slice(">=", from, "asc", page.limit() - before(page) + 1);
        } else if (page.forward()) {
            query.slice(">", page.after(), "asc", page.limit() + 1);
        } else {
            query.slice("<", page.before() > 0 ? page.before() : Long.MAX_VALUE, "desc", page.limit() + 1);
        }
        return query;
    }

    /** The query for one message. */
    static PageQuery ofOne(String room, long offset) {
        PageQuery query = new PageQuery(room, null);
        query.offsets.append("select cast(? as bigint) log_offset");
        query.arguments.add(offset);
        return query;
    }

    /** How many messages before the place belong to a page that reads on both sides of it. */
    static int before(HistoryPage page) {
        return page.limit() / 2;
    }

    // One more than a page, to know whether there are more.
    private void slice(String comparison, long offset, String direction, int limit) {
        String rest = " " + comparison + " ? ";
        String order = " order by log_offset " + direction + " limit " + limit + ")";
        if (page.pinned()) {
            part("(select q.message_offset log_offset from pin q where q.room = ? and q.message_offset" + rest + order, offset);
            return;
        }
        String wanted = page.thread() > 0 ? "and thread_offset = ?" : "and " + MessageTable.SHOWN;
        offsets.append("(select log_offset from (");
        part("(select log_offset from message where room = ? and log_offset" + rest + wanted + order, offset);
        offsets.append(" union all ");
        part("(select e.log_offset from room_event e where e.room = ? and e.log_offset" + rest + wanted + " and "
                + MessageTable.ONLY_IN_LOG + order, offset);
        offsets.append(") part").append(order);
    }

    private void part(String sql, long offset) {
        offsets.append(sql);
        arguments.add(room);
        arguments.add(offset);
        if (page.thread() > 0) {
            arguments.add(page.thread());
        }
    }

    String sql() {
        return SELECTED + "left join (select " + COLUMNS + " from (" + offsets + """
                ) o join room_event e on e.room = ? and e.log_offset = o.log_offset and e.type = 'message.posted'
                """ + REST;
    }

    /** The arguments, with the reader's id. */
    Object[] arguments(String reader) {
        List<Object> all = new ArrayList<>(arguments);
        all.add(room);
        all.add(reader);
        all.add(room);
        return all.toArray();
    }
}
