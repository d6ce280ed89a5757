package parley.http;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import java.util.Optional;
import org.apache.catalina.connector.RequestFacade;
import org.glassfish.grizzly.filterchain.FilterChainContext;

/** The way from a request of the servlet interface to Grizzly, Payara's network layer. Its use throws a {@link LinkageError} elsewhere. */
public final class GrizzlyRequest {

    private GrizzlyRequest() {
    }

    /** The context in which Grizzly handles this request, or nothing where it came another way. */
    public static Optional<FilterChainContext> context(ServletRequest request) {
        return innermost(request) instanceof RequestFacade facade
                ? Optional.of(facade.getUnwrappedCoyoteRequest().getCoyoteRequest().getContext()) : Optional.empty();
    }

    private static ServletRequest innermost(ServletRequest request) {
        return request instanceof ServletRequestWrapper wrapper ? innermost(wrapper.getRequest()) : request;
    }
}
