package example.orders;

import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import parley.api.ParleyException;
import parley.api.ParleyUnavailableException;

/** {@code PUT orders/17} confirms an order, {@code PUT orders/17/silently} does so without a post, {@code PUT orders} creates the room. */
@Path("orders")
public class OrdersResource {

    @Inject
    private Orders orders;

    /** Creates the room. */
    @PUT
    public void open() {
        orders.open();
    }

    /** Answers 204, 409 with the reason for which the order was refused, or 503 while Parley is away. */
    @PUT
    @Path("{number}")
    public Response confirm(@PathParam("number") long number, @QueryParam("problem") @DefaultValue("false") boolean problem)
            throws SQLException {
        try {
            orders.confirm(number, problem);
            return Response.noContent().build();
        } catch (ParleyUnavailableException away) {
            return Response.status(503).entity(away.getMessage()).build();
        } catch (ParleyException | IllegalArgumentException refused) {
            return Response.status(409).entity(refused.getMessage()).build();
        }
    }

    /** Answers 204. */
    @PUT
    @Path("{number}/silently")
    public void confirmSilently(@PathParam("number") long number) throws SQLException {
        orders.confirmSilently(number);
    }
}
