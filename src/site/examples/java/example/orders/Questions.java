package example.orders;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import parley.api.InRoom;
import parley.api.MessagePosted;
import parley.api.Parley;
import parley.api.Post;

/** Answers questions such as "order 17?" in the thread of the question. */
@ApplicationScoped
public class Questions {

    private static final Pattern QUESTION = Pattern.compile("order (\\d{1,18})\\?");

    @Inject
    private Parley parley;
    @Inject
    private Orders orders;

    void asked(@Observes @InRoom(Orders.ROOM) MessagePosted message) throws SQLException {
        Matcher question = QUESTION.matcher(message.text());
        if (question.matches()) {
            boolean confirmed = orders.isConfirmed(Long.parseLong(question.group(1)));
            parley.post(Post.of(message.room(), confirmed ? "It is confirmed." : "There is no such order.").inThread(message.offset()));
        }
    }
}
