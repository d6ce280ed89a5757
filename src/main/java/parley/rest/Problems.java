package parley.rest;

import jakarta.ws.rs.core.Response;
import java.util.Optional;
import parley.http.ProblemResponse;
import parley.protocol.Problem;

/** Problems as responses of resources. */
final class Problems {

    private Problems() {
    }

    static Response response(Problem problem) {
        return ProblemResponse.of(problem).response();
    }

    static Response notFound() {
        return response(Problem.notFound());
    }

    /** 204 if there was something to do it with, or 404. */
    static Response doneIf(boolean found) {
        return found ? Response.noContent().build() : notFound();
    }

    /** 204, or the refusal if there is one. */
    static Response doneUnless(Optional<Problem> refused) {
        return refused.map(Problems::response).orElseGet(() -> Response.noContent().build());
    }

    /** Under another status than that of the problem's code. */
    static Response response(int status, Problem problem) {
        return ProblemResponse.of(status, problem).response();
    }
}
