package parley.rest;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import parley.http.ProblemResponse;
import parley.http.RequestBody;
import parley.identity.DevelopmentIssuer;
import parley.protocol.Fields;
import parley.protocol.Problem;
import parley.protocol.WireTime;

/**
 * The development sign-in: {@code POST {"user","name"?,"groups"?}} returns a token for that user to every client. 404 if the
 * development issuer is off.
 */
@WebServlet("/dev/token")
public class DevelopmentSignIn extends HttpServlet {

    private static final long serialVersionUID = 1;
    private static final int LONGEST_GROUP = 100;
    private static final int MOST_GROUPS = 50;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<DevelopmentIssuer> issuer = DevelopmentIssuer.instance();
        if (issuer.isEmpty()) {
            ProblemResponse.of(Problem.notFound()).send(response);
        } else if (!request.getMethod().equals("POST")) {
            ProblemResponse.of(HttpServletResponse.SC_METHOD_NOT_ALLOWED).with("Allow", "POST").send(response);
        } else {
            issue(issuer.get(), request, response);
        }
    }

    private static void issue(DevelopmentIssuer issuer, HttpServletRequest request, HttpServletResponse response) throws IOException {
        Fields fields = RequestBody.fields(RequestBody.read(request.getInputStream()));
        String user = fields.user("user");
        String name = fields.has("name") ? fields.name("name") : capitalised(user);
        List<String> groups = fields.lines("groups", MOST_GROUPS, LONGEST_GROUP);
        Optional<Problem> problem = fields.problem();
        if (problem.isPresent()) {
            ProblemResponse.of(problem.get()).send(response);
            return;
        }
        DevelopmentIssuer.Token token = issuer.issue(user, name, groups);
        response.setContentType("application/json");
        response.setHeader("Cache-Control", "no-store");
        response.getWriter().write("{\"token\":\"" + token.token() + "\",\"expires\":\""
                + WireTime.text(token.expires()) + "\",\"expiresIn\":"
                + Duration.between(Instant.now(), token.expires()).toMillis() + "}");
    }

    private static String capitalised(String user) {
        return user.isEmpty() ? user : user.substring(0, 1).toUpperCase(Locale.ROOT) + user.substring(1);
    }
}
