package parley.rest;

import jakarta.inject.Inject;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import parley.audit.RefusedSignIns;
import parley.http.ProblemResponse;
import parley.http.Proxies;
import parley.identity.SignInRefusal;

/** The body of every error that the container answers: a problem response that says nothing about the server. */
@WebServlet("/error")
public class ErrorPage extends HttpServlet {

    private static final long serialVersionUID = 1;

    @Inject
    private transient Proxies proxies;
    @Inject
    private transient RefusedSignIns refused;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Object code = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        int status = code instanceof Integer error ? error : HttpServletResponse.SC_NOT_FOUND;
        // The server itself refused the token, before any filter of this application.
        if (status == HttpServletResponse.SC_UNAUTHORIZED && request.getHeader("Authorization") != null) {
            refused.note(proxies.address(request), SignInRefusal.INVALID, "the server refused the token");
        }
        ProblemResponse.of(status).send(response);
    }
}
