package parley.rest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import parley.http.RequestBody;
import parley.identity.Service;
import parley.journal.Journal;
import parley.journal.Receipt;
import parley.journal.Views;
import parley.people.People;
import parley.protocol.Fields;
import parley.protocol.Problem;
import parley.protocol.User;
import parley.room.Proposal;
import parley.room.RoomPolicy;
import parley.threads.RequestPool;
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
    private Views views;
    @Inject
    private People people;
    @Inject
    private RequestPool readers;
    @Inject
    private Tracing tracing;

    /** Submits a proposal of the current request and traces it. */
    CompletableFuture<Receipt> submit(Proposal proposal) {
        return submit(proposal, caller.address());
    }

    /** The same on any thread, for a request from this address. */
    CompletableFuture<Receipt> submit(Proposal proposal, String address) {
        Trace trace = tracing.request(proposal.getClass().getSimpleName());
        return journal.submit(proposal, address, trace).whenComplete((receipt, failed) ->
                trace.end(receipt instanceof Receipt.Refused refused ? refused.problem().code().wire() : "ok"));
    }

    CompletionStage<Response> propose(Proposal proposal) {
        return answers.of(submit(proposal).thenApply(Proposing::response));
    }

    /**
     * A proposal about the {@code user} in a body: a service, or a person who has signed in once.
     *
     * @param proposing reads the body's other fields, and returns what is proposed about the user
     */
    CompletionStage<Response> propose(String body, Function<Fields, Function<User, Proposal>> proposing) {
        Fields fields = RequestBody.fields(body);
        String id = fields.user("user");
        Function<User, Proposal> proposal = proposing.apply(fields);
        String address = caller.address();
        return fields.problem().map(answers::refused).orElseGet(() -> answers.of(
                readers.read(() -> people.user(id).or(() -> Service.user(id)))
                .thenCompose(found -> found.map(user -> submit(proposal.apply(user), address).thenApply(Proposing::response))
                        .orElseGet(() -> unknown(proposal.apply(new User(id, id)), id)))));
    }

    // Only callers who could do it learn that there is no such person.
    private CompletableFuture<Response> unknown(Proposal proposal, String user) {
        return views.of(proposal.room()).thenApply(found -> Problems.response(found.map(room -> RoomPolicy.moderating(room, proposal.by(),
                user, Instant.now()).orElseGet(Problem::noSuchPerson)).orElseGet(Problem::noSuchRoom)));
    }

    /** A proposal about the {@code user} in the query. */
    CompletionStage<Response> proposeFor(String user, Supplier<Proposal> proposing) {
        return Query.wrongUser("user", user).map(answers::refused).orElseGet(() -> propose(proposing.get()));
    }

    private static Response response(Receipt receipt) {
        return receipt instanceof Receipt.Refused refused ? Problems.response(refused.problem()) : Response.noContent().build();
    }
}
