package parley.ops;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** The database answers. */
@Readiness
@ApplicationScoped
class DatabaseReady implements HealthCheck {

    private static final int PATIENCE_SECONDS = 3;

    @Resource(lookup = "jdbc/parley")
    private DataSource database;

    @Override
    public HealthCheckResponse call() {
        try (Connection connection = database.getConnection()) {
            if (connection.isValid(PATIENCE_SECONDS)) {
                return HealthCheckResponse.up("parley-database");
            }
            return down("does not answer");
        } catch (SQLException unreachable) {
            return down(unreachable.getMessage());
        }
    }

    private static HealthCheckResponse down(String why) {
        return HealthCheckResponse.named("parley-database").down().withData("reason", why).build();
    }
}
