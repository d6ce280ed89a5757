package parley.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Moves CDI's contexts with an asynchronous request from the thread that it began on to the one that answers. Payara begins them on the
 * first and ends them on the second, so they would stay on the first, with objects of this application in them, and Weld would warn
 * several times a request (WELD-000714, WELD-000715, WELD-000335). The first filter of all.
 */
public class RequestThreads extends HttpFilter {

    private static final long serialVersionUID = 1;
    private static final String MOVE = "parley.move";
    /** Where Weld keeps its listener. */
    private static final String LISTENER = "org.jboss.weld.module.web.servlet.WeldInitialListener";

    // By the server's thread that a gate holds: the moves that may go on when it is free.
    private static final ThreadLocal<List<Move>> BEHIND_THE_GATE = new ThreadLocal<>();

    /** A request on its way to another thread. */
    public static final class Move {
        private static final Move NONE = new Move(Optional.empty(), null);

        private final CompletableFuture<Void> left = new CompletableFuture<>();
        private final Optional<ServletRequestListener> contexts;
        private final ServletRequestEvent request;

        private Move(Optional<ServletRequestListener> contexts, ServletRequestEvent request) {
            this.contexts = contexts;
            this.request = request;
        }

        /** Done when the request has left the server's thread: nobody may answer it before. */
        public CompletableFuture<Void> left() {
            return left;
        }

        /** To be called by the thread that answers, before it does. The server ends what this begins when the answer is complete. */
        public void arrive() {
            contexts.ifPresent(listener -> listener.requestInitialized(request));
        }

        private void leave() {
            contexts.ifPresent(listener -> listener.requestDestroyed(request));
        }
    }

    static {
        Move.NONE.left.complete(null);
    }

    /** The move of this request; to be asked on the thread that it begins on. */
    public static Move of(ServletRequest request) {
        return request.getAttribute(MOVE) instanceof Move move ? move : Move.NONE;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Optional<ServletRequestListener> contexts = getServletContext().getAttribute(LISTENER) instanceof ServletRequestListener listener
                ? Optional.of(listener) : Optional.empty();
        Move move = new Move(contexts, new ServletRequestEvent(getServletContext(), request));
        request.setAttribute(MOVE, move);
        try {
            chain.doFilter(request, response);
        } finally {
            if (request.isAsyncStarted()) {
                move.leave();
            }
            List<Move> later = BEHIND_THE_GATE.get();
            if (later == null) {
                move.left.complete(null);
            } else {
                later.add(move);
            }
        }
    }

    /** What the server does for one request on this thread. */
    interface Service {
        void run() throws Exception;
    }

    /**
     * Has the server do this; only then may asynchronous answers of it come. One that comes while the server still puts the request
     * aside would end on this thread instead of the other.
     */
    static void behindTheGate(Service service) throws Exception {
        List<Move> moves = new ArrayList<>(1);
        BEHIND_THE_GATE.set(moves);
        try {
            service.run();
        } finally {
            BEHIND_THE_GATE.remove();
            moves.forEach(move -> move.left.complete(null));
        }
    }
}
