package parley.http;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Sets {@link ResponseHeaders} on every response, including errors of the container. */
public class ResponseHeadersFilter extends HttpFilter {

    private static final long serialVersionUID = 1;

    @Inject
    private transient ResponseHeaders headers;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        headers.all().forEach(response::setHeader);
        chain.doFilter(request, response);
    }
}
