package parley.http;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Puts {@link AnswerHeaders} on every answer, those of the container's own errors included. */
public class PageHeaders extends HttpFilter {

    private static final long serialVersionUID = 1;

    @Inject
    private transient AnswerHeaders headers;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        headers.all().forEach(response::setHeader);
        chain.doFilter(request, response);
    }
}
