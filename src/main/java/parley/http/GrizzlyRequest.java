package parley.http;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import java.util.Optional;
import org.apache.catalina.connector.RequestFacade;
import org.glassfish.grizzly.filterchain.FilterChainContext;

/** From a servlet request to Grizzly, Payara's network layer. Throws a {@link LinkageError} on other servers. */
public final class GrizzlyRequest {

    private GrizzlyRequest() {
    }

    /** The context in which Grizzly handles this request, or nothing if another connector received it. */
    public static Optional<FilterChainContext> context(ServletRequest request) {
        return innermost(request) instanceof RequestFacade facade
                ? Optional.of(facade.getUnwrappedCoyoteRequest().getCoyoteRequest().getContext()) : Optional.empty();
    }

    private static ServletRequest innermost(ServletRequest request) {
        return request instanceof ServletRequestWrapper wrapper ? innermost(wrapper.getRequest()) : request;
    }
}
