package parley.threads;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import parley.settings.Settings;

/** The threads that wait for the database on behalf of connections. */
@ApplicationScoped
public class ReaderPool extends BlockingPool {

    /** For the container's proxy. */
    protected ReaderPool() {
    }

    @Inject
    public ReaderPool(Settings settings, ManagedThreads managed) {
        super(managed.pool("reader", settings.readers().threads(), settings.readers().queue()));
    }
}
