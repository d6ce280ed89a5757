package parley.socket;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.Grizzly;
import org.glassfish.grizzly.attributes.Attribute;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.Filter;
import org.glassfish.grizzly.filterchain.FilterChain;
import org.glassfish.grizzly.filterchain.FilterChainBuilder;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.filterchain.TransportFilter;
import org.glassfish.grizzly.ssl.SSLBaseFilter;

/**
 * The last filter of the short chain that replaces HTTP on a connection that was taken over: the listener's transport and TLS filters, then
 * this one, which passes the bytes to the connection's {@link GrizzlyWire}. All connections of a listener share one chain: a chain has a
 * finalizer, so a chain per connection would keep each connection in memory for one more garbage collection.
 */
final class GrizzlyFilter extends BaseFilter {

    private static final Attribute<GrizzlyWire> WIRE = Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createAttribute("parley.wire");
    private static final Map<FilterChain, FilterChain> CHAINS = new ConcurrentHashMap<>();

    private final FilterChain original;

    private GrizzlyFilter(FilterChain original) {
        this.original = original;
    }

    /** Whether connections with this filter chain can be taken over. */
    static boolean supports(FilterChain original) {
        return original.indexOfType(TransportFilter.class) >= 0;
    }

    /** Moves the connection from its listener's chain to the short one. From now on the wire receives its bytes. */
    static void install(Connection<?> connection, FilterChain original, GrizzlyWire wire) {
        WIRE.set(connection, wire);
        connection.setProcessor(CHAINS.computeIfAbsent(original, GrizzlyFilter::shortened));
    }

    /**
     * Removes this filter from all chains. Call it when the application stops and its connections are closed: the server pools request
     * objects, which refer to connections and their chains, and would keep the application's class loader in memory.
     */
    static void uninstallAll() {
        CHAINS.values().forEach(chain -> chain.removeIf(GrizzlyFilter.class::isInstance));
        CHAINS.clear();
    }

    /** Whether the connection was taken over. */
    static boolean isInstalledOn(Connection<?> connection) {
        return WIRE.get(connection) != null;
    }

    /** How long this connection still pauses, in nanoseconds; 0 or less if it doesn't. */
    static long pause(Connection<?> connection) {
        GrizzlyWire wire = WIRE.get(connection);
        return wire == null ? 0 : wire.pause();
    }

    private static FilterChain shortened(FilterChain original) {
        FilterChainBuilder chain = FilterChainBuilder.stateless();
        original.stream().filter(GrizzlyFilter::isKept).forEach(chain::add);
        return chain.add(new GrizzlyFilter(original)).build();
    }

    private static boolean isKept(Filter filter) {
        return filter instanceof TransportFilter || filter instanceof SSLBaseFilter;
    }

    @Override
    public NextAction handleRead(FilterChainContext context) {
        GrizzlyWire wire = WIRE.get(context.getConnection());
        if (wire != null) {
            wire.received(context.getMessage());
        }
        return context.getStopAction();
    }

    // The filters we bypass registered this connection on accept; forward the close so that they release it.
    @Override
    public NextAction handleClose(FilterChainContext context) throws IOException {
        for (Filter filter : original) {
            if (!isKept(filter)) {
                filter.handleClose(context);
            }
        }
        WIRE.remove(context.getConnection());
        return context.getInvokeAction();
    }
}
