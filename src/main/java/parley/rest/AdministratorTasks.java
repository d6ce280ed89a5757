package parley.rest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import parley.protocol.Problem;
import parley.threads.RequestPool;

/** Runs tasks for callers in the group {@code parley-admin}, on a thread that may wait for the database; others get 403. */
@ApplicationScoped
class AdministratorTasks {

    @Inject
    private RequestCaller caller;
    @Inject
    private RequestPool readers;
    @Inject
    private ResponsePool responses;

    CompletionStage<Response> run(Supplier<Response> task) {
        return caller.get().administers() ? responses.ofLongWork(readers.read(task))
                : responses.refused(Problem.forbidden("Only administrators can do this."));
    }
}
