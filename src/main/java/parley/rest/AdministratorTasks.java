package parley.rest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import parley.identity.Caller;
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
    @Inject
    private FileTransfers transfers;

    CompletionStage<Response> run(Supplier<Response> task) {
        return caller.get().administers() ? responses.ofLongWork(readers.read(task)) : refused();
    }

    /** The same for a response whose body is a file, and so may wait for the client. */
    CompletionStage<Response> download(Supplier<Response> task) {
        Caller by = caller.get();
        return by.administers() ? transfers.download(by.id(), readers.read(task)) : refused();
    }

    private CompletionStage<Response> refused() {
        return responses.refused(Problem.forbidden("Only administrators can do this."));
    }
}
