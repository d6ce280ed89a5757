package parley.rest;

import jakarta.ws.rs.core.Response;
import parley.http.ProblemResponse;
import parley.protocol.Problem;

/** Problems as responses of resources. */
final class Problems {

    private Problems() {
    }

    static Response response(Problem problem) {
        return ProblemResponse.of(problem).response();
    }

    /** Under another status than that of the problem's code. */
    static Response response(int status, Problem problem) {
        return ProblemResponse.of(status, problem).response();
    }
}
