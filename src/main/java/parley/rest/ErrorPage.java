package parley.rest;

import jakarta.inject.Inject;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import parley.audit.RefusedSignIns;
import parley.http.ProblemBody;
import parley.http.Proxies;
import parley.identity.SignInRefusal;

/** What every error that the container itself answers looks like: a problem body, with nothing of the server's insides. */
@WebServlet("/error")
public class ErrorPage extends HttpServlet {

    private static final long serialVersionUID = 1;

    @Inject
    private transient Proxies proxies;
    @Inject
    private transient RefusedSignIns refused;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Object said = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        int status = said instanceof Integer code ? code : HttpServletResponse.SC_NOT_FOUND;
        if (status == HttpServletResponse.SC_UNAUTHORIZED) {
            // The server looked at a token before anything of ours was asked.
            if (request.getHeader("Authorization") != null) {
                refused.note(proxies.address(request), SignInRefusal.INVALID, "the server does not take the token");
            }
            response.setHeader("WWW-Authenticate", Problems.CHALLENGE);
        }
        ProblemBody.of(status).send(response);
    }
}
