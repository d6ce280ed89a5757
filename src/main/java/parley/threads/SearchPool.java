package parley.threads;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import parley.settings.Settings;

/** The threads that search, so that searches delay nothing else. */
@ApplicationScoped
public class SearchPool extends BlockingPool {

    /** For the container's proxy. */
    protected SearchPool() {
    }

    @Inject
    SearchPool(Settings settings, ManagedThreads managed) {
        super(managed.pool("search", settings.search().threads(), settings.search().queue()));
    }
}
