package parley.rest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import parley.identity.Claims;
import parley.journal.Journal;
import parley.journal.Receipt;
import parley.protocol.Codec;
import parley.protocol.Fields;
import parley.protocol.Problem;
import parley.room.Proposal;

/** Putting a proposal before the journal for a request that wants no more than to know whether it was done: 204, or why not. */
@ApplicationScoped
class Proposing {

    @Inject
    private Journal journal;
    @Inject
    private ResponsePool answers;
    @Inject
    private RequestCaller caller;

    CompletionStage<Response> propose(Proposal proposal) {
        return answers.of(journal.submit(proposal, caller.address()).thenApply(receipt -> receipt instanceof Receipt.Refused refused
                ? Problems.response(refused.problem()) : Response.noContent().build()));
    }

    /** A proposal that concerns the {@code user} of a body, made of it and the body's other fields. */
    CompletionStage<Response> propose(String body, BiFunction<Fields, String, Proposal> made) {
        Fields fields = Codec.fields(body).orElse(null);
        if (fields == null) {
            return refused(Problem.badRequest("The body is not one JSON object."));
        }
        Proposal proposal = made.apply(fields, fields.user("user"));
        return fields.problem().map(this::refused).orElseGet(() -> propose(proposal));
    }

    /** A proposal that concerns the user whom the query names. */
    CompletionStage<Response> proposeFor(String user, Supplier<Proposal> made) {
        return Claims.isUserId(user) ? propose(made.get())
                : refused(Problem.badRequest("`user` in the query must be 1 to 255 visible characters."));
    }

    private CompletionStage<Response> refused(Problem problem) {
        return answers.of(CompletableFuture.completedFuture(Problems.response(problem)));
    }
}
