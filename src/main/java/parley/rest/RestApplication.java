package parley.rest;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import org.eclipse.microprofile.auth.LoginConfig;

/** The resources under {@code /api}, open to bearers of a valid token alone. */
@ApplicationPath("api")
@LoginConfig(authMethod = "MP-JWT", realmName = "parley")
public class RestApplication extends Application {
}
