package example.orders;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import parley.api.NewRoom;
import parley.api.Parley;
import parley.api.Post;

/** Stores orders, and posts each one in a room. Either both happen or neither. */
@ApplicationScoped
public class Orders {

    static final String ROOM = "orders";

    @Resource(lookup = "jdbc/parley-applications")
    private DataSource database;
    @Inject
    private Parley parley;

    /** The table and the room must exist. */
    @PostConstruct
    void prepare() {
        try (Connection connection = database.getConnection()) {
            connection.createStatement().execute("create table if not exists example_order (number bigint primary key)");
        } catch (SQLException refused) {
            throw new IllegalStateException(refused);
        }
    }

    /** Creates the room, if there is none. */
    public void open() {
        parley.createRoom(NewRoom.open(ROOM, "Orders"));
    }

    /**
     * Stores an order and posts it, in one transaction.
     *
     * @param problem whether the business finds a problem after that: nothing is stored or posted then
     */
    @Transactional
    public void confirm(long number, boolean problem) throws SQLException {
        store(number);
        parley.post(Post.of(ROOM, "Order " + number + " is confirmed.").withKey("order-" + number));
        if (problem) {
            throw new IllegalArgumentException("Order " + number + " can't be delivered");
        }
    }

    /** Stores an order without a post. */
    @Transactional
    public void confirmSilently(long number) throws SQLException {
        store(number);
    }

    private void store(long number) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement("insert into example_order (number) values (?)")) {
            insert.setLong(1, number);
            insert.executeUpdate();
        }
    }

    /** Whether there is such an order. */
    @Transactional
    public boolean isConfirmed(long number) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement("select 1 from example_order where number = ?")) {
            query.setLong(1, number);
            try (ResultSet rows = query.executeQuery()) {
                return rows.next();
            }
        }
    }
}
