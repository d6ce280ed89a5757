package parley.rest;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import parley.protocol.ErrorCode;
import parley.protocol.Problem;
import parley.sql.DatabaseFailure;

/** Turns whatever a resource throws into a problem body. What it was goes to the log alone. */
@Provider
public class UncaughtExceptions implements ExceptionMapper<Throwable> {

    private static final Logger LOG = Logger.getLogger(UncaughtExceptions.class.getName());

    @Override
    public Response toResponse(Throwable thrown) {
        Throwable cause = thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        if (cause instanceof WebApplicationException refused) {
            int status = refused.getResponse().getStatus();
            return Problems.response(status, new Problem(ErrorCode.of(status), refused.getMessage(), false, 0));
        }
        if (cause instanceof TimeoutException) {
            return Problems.response(Problem.unavailable("The database does not answer."));
        }
        if (cause instanceof RejectedExecutionException) {
            return Problems.response(Problem.unavailable("Too many reads are waiting."));
        }
        Optional<String> away = DatabaseFailure.away(cause);
        if (away.isPresent()) {
            LOG.log(Level.WARNING, "A request was refused, because the database can''t do it now: {0}", away.get());
            return Problems.response(Problem.unavailable("The database can't be reached."));
        }
        LOG.log(Level.SEVERE, "A request failed", cause);
        return Problems.response(Problem.internal());
    }
}
