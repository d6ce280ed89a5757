package parley.http;

import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Moves CDI's contexts with an asynchronous request from the thread that it begins on to the thread that answers it. Payara begins the
 * contexts on the first thread and ends them on the second. Without this filter they would stay on the first thread, keep objects of
 * this application alive, and make Weld warn several times a request (WELD-000714, WELD-000715, WELD-000335). Must be the first filter.
 */
public class AsyncRequestFilter extends HttpFilter {

    private static final long serialVersionUID = 1;
    private static final Logger LOG = Logger.getLogger(AsyncRequestFilter.class.getName());
    private static final String HANDOVER = "parley.handover";
    /** The servlet context attribute in which Weld keeps its listener. */
    private static final String LISTENER = "org.jboss.weld.module.web.servlet.WeldInitialListener";

    // For a server's thread inside GrizzlyGate: the handovers that complete when the gate releases the thread.
    private static final ThreadLocal<List<Handover>> BEHIND_THE_GATE = new ThreadLocal<>();

    /** A request on its way from one thread to another. */
    public static final class Handover {
        private static final Handover NONE = new Handover(Optional.empty(), null, null);

        private final CompletableFuture<Void> released = new CompletableFuture<>();
        private final Optional<ServletRequestListener> contexts;
        private final ServletRequestEvent request;
        private final BeanManager beans;

        private Handover(Optional<ServletRequestListener> contexts, ServletRequestEvent request, BeanManager beans) {
            this.contexts = contexts;
            this.request = request;
            this.beans = beans;
        }

        /** Completes when the server's thread has released the request. The request must not be answered earlier. */
        public CompletableFuture<Void> released() {
            return released;
        }

        /** Completes the request on this thread. */
        public void complete(AsyncContext async) {
            answer(async::complete);
        }

        /**
         * Answers the request on this thread, with its contexts. The server ends them with the response. If it has ended the request
         * already, because the client went away, they are ended here.
         */
        public void answer(Runnable answer) {
            contexts.ifPresent(listener -> listener.requestInitialized(request));
            try {
                answer.run();
            } finally {
                if (isActive()) {
                    end();
                }
            }
        }

        private boolean isActive() {
            try {
                return contexts.isPresent() && beans.getContext(RequestScoped.class).isActive();
            } catch (ContextNotActiveException ended) {
                return false;
            }
        }

        private void end() {
            contexts.ifPresent(listener -> {
                try {
                    listener.requestDestroyed(request);
                } catch (RuntimeException recycled) {
                    endWithout(listener);
                }
            });
        }

        // The server has ended the request and emptied it for the next one.
        private void endWithout(ServletRequestListener listener) {
            HttpServletRequest ended = new Ended((HttpServletRequest) request.getServletRequest());
            try {
                listener.requestDestroyed(new ServletRequestEvent(request.getServletContext(), ended));
            } catch (RuntimeException recycled) {
                LOG.log(Level.FINE, "A request was recycled before its contexts ended", recycled);
            }
        }
    }

    /** What is left of a request that the server has recycled: it has no attributes and no session. */
    private static final class Ended extends HttpServletRequestWrapper {

        Ended(HttpServletRequest request) {
            super(request);
        }

        @Override
        public Object getAttribute(String name) {
            return null;
        }

        @Override
        public void setAttribute(String name, Object value) {
            // Nobody reads it.
        }

        @Override
        public void removeAttribute(String name) {
            // There is none.
        }

        @Override
        public boolean isAsyncStarted() {
            return false;
        }

        @Override
        public HttpSession getSession(boolean create) {
            return null;
        }
    }

    @Inject
    private transient BeanManager beans;

    static {
        Handover.NONE.released.complete(null);
    }

    /** The handover of this request. Call it on the thread that the request begins on. */
    public static Handover of(ServletRequest request) {
        return request.getAttribute(HANDOVER) instanceof Handover handover ? handover : Handover.NONE;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Optional<ServletRequestListener> contexts = getServletContext().getAttribute(LISTENER) instanceof ServletRequestListener listener
                ? Optional.of(listener) : Optional.empty();
        Handover handover = new Handover(contexts, new ServletRequestEvent(getServletContext(), request), beans);
        request.setAttribute(HANDOVER, handover);
        try {
            chain.doFilter(request, response);
        } finally {
            if (request.isAsyncStarted()) {
                handover.end();
            }
            List<Handover> later = BEHIND_THE_GATE.get();
            if (later == null) {
                handover.released.complete(null);
            } else {
                later.add(handover);
            }
        }
    }

    /** What the server does for one request on this thread. */
    interface Service {
        void run() throws Exception;
    }

    /**
     * Runs this, and releases its asynchronous requests afterwards. A response that came while the server still suspends the request
     * would end the contexts on this thread instead of the other one.
     */
    static void behindTheGate(Service service) throws Exception {
        List<Handover> handovers = new ArrayList<>(1);
        BEHIND_THE_GATE.set(handovers);
        try {
            service.run();
        } finally {
            BEHIND_THE_GATE.remove();
            handovers.forEach(handover -> handover.released.complete(null));
        }
    }
}
