package parley.rest;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import parley.identity.DevelopmentIssuer;
import parley.settings.Settings;
import tools.jackson.databind.json.JsonMapper;

/**
 * How people sign in with the bundled page: {@code {"development":true}}, {@code {"development":false,"oidc":{"issuer",
 * "clientId","scopes"}}}, or {@code {"development":false}} if a portal signs them in. Beside it the page's {@code language}, which may be
 * "". Needs no token: the provider publishes the same.
 */
@WebServlet("/sign-in")
public class SignInOptions extends HttpServlet {

    private static final long serialVersionUID = 1;
    private static final JsonMapper JSON = new JsonMapper();

    @Inject
    private transient Settings settings;

    /** As JSON. */
    record Options(boolean development, Settings.Oidc oidc, String language) {}

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        boolean development = DevelopmentIssuer.instance().isPresent();
        response.setContentType("application/json");
        response.setCharacterEncoding("UTF-8");
        Settings.Oidc oidc = development ? null : settings.oidc().orElse(null);
        response.getWriter().write(JSON.writeValueAsString(new Options(development, oidc, settings.pages().language())));
    }
}
