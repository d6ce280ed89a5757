package parley.rest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import parley.http.RequestBody;
import parley.identity.Claims;
import parley.journal.Journal;
import parley.journal.Receipt;
import parley.protocol.Fields;
import parley.protocol.Problem;
import parley.room.Proposal;
import parley.tracing.Trace;
import parley.tracing.Tracing;

/** Submits the proposals of requests to the journal, and answers those that have no other result than 204 or a refusal. */
@ApplicationScoped
class Proposing {

    @Inject
    private Journal journal;
    @Inject
    private ResponsePool answers;
    @Inject
    private RequestCaller caller;
    @Inject
    private Tracing tracing;

    /** Submits a proposal of the current request and traces it. */
    CompletableFuture<Receipt> submit(Proposal proposal) {
        Trace trace = tracing.request(proposal.getClass().getSimpleName());
        return journal.submit(proposal, caller.address(), trace).whenComplete((receipt, failed) ->
                trace.end(receipt instanceof Receipt.Refused refused ? refused.problem().code().wire() : "ok"));
    }

    CompletionStage<Response> propose(Proposal proposal) {
        return answers.of(submit(proposal).thenApply(receipt -> receipt instanceof Receipt.Refused refused
                ? Problems.response(refused.problem()) : Response.noContent().build()));
    }

    /** A proposal about the {@code user} in a body, built from it and the body's other fields. */
    CompletionStage<Response> propose(String body, BiFunction<Fields, String, Proposal> proposing) {
        Fields fields = RequestBody.fields(body);
        Proposal proposal = proposing.apply(fields, fields.user("user"));
        return fields.problem().map(answers::refused).orElseGet(() -> propose(proposal));
    }

    /** A proposal about the {@code user} in the query. */
    CompletionStage<Response> proposeFor(String user, Supplier<Proposal> proposing) {
        return Claims.isUserId(user) ? propose(proposing.get())
                : answers.refused(Problem.badRequest("`user` in the query must be 1 to 255 visible characters."));
    }
}
