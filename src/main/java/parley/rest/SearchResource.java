package parley.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import parley.feature.Features;
import parley.protocol.Feature;
import parley.protocol.Fields;
import parley.protocol.Problem;
import parley.search.Finding;
import parley.search.SearchRequest;

/** Search in the messages of the rooms that the caller may read. */
@Path("search")
@Produces(MediaType.APPLICATION_JSON)
public class SearchResource {

    @Inject
    private RequestCaller caller;
    @Inject
    private Finding finding;
    @Inject
    private Features features;
    @Inject
    private ResponsePool answers;

    /** A page of the messages that {@code ?q=} finds, best match first. */
    @GET
    public CompletionStage<Response> find(@Context UriInfo uri) {
        Fields parameters = Query.withTexts(uri, SearchRequest.TEXTS, "limit");
        SearchRequest request = SearchRequest.of(parameters);
        Optional<Problem> refused = features.refusal(Feature.SEARCH).or(parameters::problem);
        return refused.map(answers::refused).orElseGet(() -> answers.of(finding.find(caller.get(), request)
                .thenApply(answer -> switch (answer) {
                    case Finding.Answer.Found found -> Response.ok(found.page()).build();
                    case Finding.Answer.Refused problem -> Problems.response(problem.problem());
                })));
    }
}
