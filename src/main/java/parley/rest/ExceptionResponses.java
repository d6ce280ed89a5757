package parley.rest;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import parley.http.ProblemResponse;
import parley.protocol.Problem;
import parley.sql.DatabaseFailure;

/** Turns an exception from a resource or from JAX-RS into a problem response. Only the log says what the exception was. */
@Provider
public class ExceptionResponses implements ExceptionMapper<Throwable> {

    private static final Logger LOG = Logger.getLogger(ExceptionResponses.class.getName());

    @Override
    public Response toResponse(Throwable thrown) {
        Throwable cause = thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        if (cause instanceof WebApplicationException refused) {
            return refusedByJaxRs(refused.getResponse());
        }
        if (cause instanceof TimeoutException) {
            return Problems.response(Problem.unavailable("The database does not answer."));
        }
        if (cause instanceof RejectedExecutionException) {
            return Problems.response(Problem.unavailable("Too many reads are waiting."));
        }
        Optional<String> away = DatabaseFailure.away(cause);
        if (away.isPresent()) {
            LOG.log(Level.WARNING, "A request was refused, because the database is not available: {0}", away.get());
            return Problems.response(Problem.unavailable("The database can't be reached."));
        }
        LOG.log(Level.SEVERE, "A request failed", cause);
        return Problems.response(Problem.internal());
    }

    private static Response refusedByJaxRs(Response refusal) {
        ProblemResponse problem = ProblemResponse.of(refusal.getStatus());
        // RFC 9110 section 15.5.6: 405 names the methods of the resource.
        String allowed = refusal.getHeaderString(HttpHeaders.ALLOW);
        return (allowed == null ? problem : problem.with(HttpHeaders.ALLOW, allowed)).response();
    }
}
