package parley.message;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.util.List;
import parley.protocol.HistoryPage;
import parley.protocol.Message;
import parley.protocol.Reply;

/**
 * Reading a room's messages from the database, a page at a time, by key. Each call waits for it; not for a thread
 * that serves sockets. Whether the reader may read is the caller's to check.
 */
@ApplicationScoped
public class History {

    @PersistenceContext(unitName = "parley")
    private EntityManager em;

    /** A page of messages in ascending order, as the reply to {@code re}. */
    @Transactional
    public Reply.Page read(long re, String room, HistoryPage page) {
        String thread = page.thread() > 0 ? " and (m.offset = :thread or m.thread = :thread)" : "";
        String jpql = page.forward()
                ? "select m from StoredMessage m where m.room = :room and m.offset > :bound" + thread + " order by m.offset"
                : "select m from StoredMessage m where m.room = :room and m.offset < :bound" + thread + " order by m.offset desc";
        TypedQuery<StoredMessage> query = em.createQuery(jpql, StoredMessage.class).setParameter("room", room)
                .setParameter("bound", page.forward() ? page.after() : page.before() > 0 ? page.before() : Long.MAX_VALUE)
                // One more than a page, to know whether there are more.
                .setMaxResults(page.limit() + 1);
        if (page.thread() > 0) {
            query.setParameter("thread", page.thread());
        }
        List<Message> found = query.getResultStream().map(StoredMessage::message).toList();
        boolean more = found.size() > page.limit();
        List<Message> messages = found.subList(0, Math.min(found.size(), page.limit()));
        return new Reply.Page(re, page.forward() ? messages : messages.reversed(), more);
    }

    /** How many messages follow an offset, counted up to {@code most}. */
    @Transactional
    public int countAfter(String room, long offset, int most) {
        return em.createQuery("select m.offset from StoredMessage m where m.room = :room and m.offset > :offset order by m.offset",
                        Long.class)
                .setParameter("room", room).setParameter("offset", offset).setMaxResults(most).getResultList().size();
    }
}
