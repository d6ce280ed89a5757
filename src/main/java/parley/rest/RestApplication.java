package parley.rest;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;

/** The resources under {@code /api}, behind {@link BearerTokenFilter}. */
@ApplicationPath("api")
public class RestApplication extends Application {

    /** Switches off the list of all resources (WADL) that Jersey would show to every caller. */
    @Override
    public Map<String, Object> getProperties() {
        return Map.of("jersey.config.server.wadl.disableWadl", true);
    }
}
