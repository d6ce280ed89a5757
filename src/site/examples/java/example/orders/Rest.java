package example.orders;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** The resources of this application are at its root. */
@ApplicationPath("/")
public class Rest extends Application {}
