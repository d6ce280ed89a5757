package parley.rest;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;

/** The resources under {@code /api}; {@link BearerTokenFilter} stands before them. */
@ApplicationPath("api")
public class RestApplication extends Application {

    /** No list of all resources (WADL), which Jersey gives to everyone with a token. */
    @Override
    public Map<String, Object> getProperties() {
        return Map.of("jersey.config.server.wadl.disableWadl", true);
    }
}
