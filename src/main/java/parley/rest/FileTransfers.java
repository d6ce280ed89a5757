package parley.rest;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import parley.http.AsyncRequestFilter;
import parley.metrics.Metrics;
import parley.settings.Settings;
import parley.threads.ManagedThreads;

/** Runs uploads and downloads on threads of their own, so that slow clients hold none of the server's. */
@ApplicationScoped
class FileTransfers {

    @Inject
    private HttpServletRequest request;
    private ResponsePool answers;
    private TransferSlots uploads;
    private TransferSlots downloads;

    /** For the container's proxy. */
    protected FileTransfers() {
    }

    @Inject
    FileTransfers(Settings settings, ManagedThreads managed, ResponsePool answers, Metrics metrics) {
        this.answers = answers;
        uploads = slots("upload", settings.files().uploads(), managed, metrics);
        downloads = slots("download", settings.files().downloads(), managed, metrics);
    }

    private static TransferSlots slots(String kind, int count, ManagedThreads managed, Metrics metrics) {
        TransferSlots slots = new TransferSlots(managed.pool(kind, count, count), count);
        metrics.gauge("parley_file_transfers", "Files that are being sent or received.", slots::inUse, "kind", kind);
        return slots;
    }

    /** Receives for a person: the work may wait for the client. Call it on the thread that the request begins on. */
    CompletionStage<Response> upload(String user, Supplier<Response> work) {
        Optional<TransferSlots.Slot> slot = uploads.take(user);
        if (slot.isEmpty()) {
            return answers.refused(uploads.refusal(user));
        }
        CompletableFuture<Void> released = AsyncRequestFilter.of(request).released();
        return answers.ofLongWork(released.thenApplyAsync(done -> work.get(), slot.get()));
    }

    /** Answers a person with a response whose body may wait for the client. */
    CompletionStage<Response> download(String user, CompletionStage<Response> pending) {
        Optional<TransferSlots.Slot> slot = downloads.take(user);
        return slot.isEmpty() ? answers.refused(downloads.refusal(user)) : answers.of(pending, slot.get());
    }

    @PreDestroy
    void stop() {
        uploads.stop();
        downloads.stop();
    }
}
