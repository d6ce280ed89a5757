package parley.rest;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** The resources under {@code /api}; {@link BearersOnly} stands before them. */
@ApplicationPath("api")
public class RestApplication extends Application {
}
