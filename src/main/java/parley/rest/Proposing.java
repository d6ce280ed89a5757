package parley.rest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
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
    private Answers answers;
    @Inject
    private RequestCaller caller;

    CompletionStage<Response> propose(Proposal proposal) {
        return answers.of(journal.submit(proposal, caller.address()).thenApply(receipt -> receipt instanceof Receipt.Refused refused
                ? Problems.response(refused.problem()) : Response.noContent().build()));
    }

    /** A proposal that concerns a user, made of a body's fields; a body or user id that can't be one is refused. */
    CompletionStage<Response> propose(String user, String body, Function<Fields, Proposal> made) {
        Fields fields = Codec.fields(body).orElse(null);
        if (fields == null) {
            return refused(Problem.badRequest("The body is not one JSON object."));
        }
        Proposal proposal = made.apply(fields);
        if (!Claims.isUserId(user)) {
            fields.wrong(Problem.badRequest("The user is 1 to 255 characters without controls."));
        }
        return fields.problem().map(this::refused).orElseGet(() -> propose(proposal));
    }

    private CompletionStage<Response> refused(Problem problem) {
        return answers.of(CompletableFuture.completedFuture(Problems.response(problem)));
    }
}
