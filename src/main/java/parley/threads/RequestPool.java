package parley.threads;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import parley.settings.Settings;

/** The threads that wait for the database on behalf of HTTP requests, so that lists and administration delay no subscription. */
@ApplicationScoped
public class RequestPool extends BlockingPool {

    /** For the container's proxy. */
    protected RequestPool() {
    }

    @Inject
    RequestPool(Settings settings, ManagedThreads managed) {
        super(managed.pool("request", settings.readers().threads(), settings.readers().queue()));
    }
}
