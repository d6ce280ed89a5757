package parley.rest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import org.eclipse.microprofile.auth.LoginConfig;

/** The resources under {@code /api}, open to bearers of a valid token alone. */
@ApplicationScoped // or the server would not see the login configuration
@ApplicationPath("api")
@LoginConfig(authMethod = "MP-JWT", realmName = "parley")
public class RestApplication extends Application {
}
