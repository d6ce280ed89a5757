package parley.rest;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import parley.http.ProblemBody;
import parley.identity.DevelopmentIssuer;
import parley.protocol.Codec;
import parley.protocol.Fields;
import parley.protocol.Problem;
import parley.protocol.TextRules;

/**
 * The development sign-in: {@code POST {"user","name"?,"groups"?}} answers with a token for that user, whoever asks.
 * Where the development issuer is switched off there is no such address (404).
 */
@WebServlet("/dev/token")
public class DevelopmentSignIn extends HttpServlet {

    private static final long serialVersionUID = 1;
    private static final int LONGEST_GROUP = 100;
    private static final int MOST_GROUPS = 50;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<DevelopmentIssuer> issuer = DevelopmentIssuer.instance();
        if (issuer.isEmpty()) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        byte[] body = request.getInputStream().readNBytes(Codec.LARGEST_FRAME);
        Fields fields = TextRules.isUtf8(body, 0, body.length) ? Codec.fields(new String(body, StandardCharsets.UTF_8)).orElse(null) : null;
        if (fields == null) {
            refuse(response, Problem.badRequest("The body is not one JSON object."));
            return;
        }
        String user = fields.user("user");
        String name = fields.has("name") ? fields.name("name") : capitalised(user);
        List<String> groups = fields.lines("groups", MOST_GROUPS, LONGEST_GROUP);
        Optional<Problem> problem = fields.problem();
        if (problem.isPresent()) {
            refuse(response, problem.get());
            return;
        }
        DevelopmentIssuer.Token token = issuer.get().issue(user, name, groups);
        response.setContentType("application/json");
        response.setHeader("Cache-Control", "no-store");
        response.getWriter().write("{\"token\":\"" + token.token() + "\",\"expires\":\""
                + token.expires().truncatedTo(ChronoUnit.MILLIS) + "\"}");
    }

    private static void refuse(HttpServletResponse response, Problem problem) throws IOException {
        ProblemBody.send(response, problem.code().status(), problem);
    }

    private static String capitalised(String user) {
        return user.isEmpty() ? user : user.substring(0, 1).toUpperCase(Locale.ROOT) + user.substring(1);
    }
}
