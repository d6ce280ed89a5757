package parley.rest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import parley.protocol.Problem;
import parley.threads.ReaderPool;

/** What is for callers in the group {@code parley-admin} alone: done by a thread that may wait for the database; 403 for all others. */
@ApplicationScoped
class AdministratorCalls {

    @Inject
    private RequestCaller caller;
    @Inject
    private ReaderPool readers;
    @Inject
    private ResponsePool answers;

    CompletionStage<Response> administer(Supplier<Response> task) {
        return answers.ofLongWork(caller.get().administers() ? readers.read(task)
                : CompletableFuture.completedFuture(Problems.response(Problem.forbidden("This is for administrators."))));
    }
}
