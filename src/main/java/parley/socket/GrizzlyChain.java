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
 * What the connections that were taken over from one listener pass through: of its filters those for transport and TLS,
 * and then this one, which hands what comes to the connection's own {@link GrizzlyWire}. One a listener, because a chain
 * has a finalizer, and one a connection would keep each connection for another collection.
 */
final class GrizzlyChain extends BaseFilter {

    private static final Attribute<GrizzlyWire> WIRE = Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createAttribute("parley.wire");
    private static final Map<FilterChain, FilterChain> CHAINS = new ConcurrentHashMap<>();

    private final FilterChain listeners;

    private GrizzlyChain(FilterChain listeners) {
        this.listeners = listeners;
    }

    /** Whether connections of the listener with this chain can be led through one of these. */
    static boolean isFor(FilterChain listeners) {
        return listeners.indexOfType(TransportFilter.class) >= 0;
    }

    /** Leads the connection from the listener's chain to a wire. */
    static void lead(Connection<?> connection, FilterChain listeners, GrizzlyWire wire) {
        WIRE.set(connection, wire);
        connection.setProcessor(CHAINS.computeIfAbsent(listeners, GrizzlyChain::after));
    }

    /**
     * Takes this filter out of all chains, when the application ends and its connections are gone. The server keeps its last requests for
     * reuse, and with them connections and their chains.
     */
    static void takeAway() {
        CHAINS.values().forEach(chain -> chain.removeIf(GrizzlyChain.class::isInstance));
        CHAINS.clear();
    }

    /** Whether the connection was led to a wire. */
    static boolean leads(Connection<?> connection) {
        return WIRE.get(connection) != null;
    }

    private static FilterChain after(FilterChain listeners) {
        FilterChainBuilder chain = FilterChainBuilder.stateless();
        listeners.stream().filter(GrizzlyChain::stays).forEach(chain::add);
        return chain.add(new GrizzlyChain(listeners)).build();
    }

    private static boolean stays(Filter filter) {
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

    // Those who are passed by noted the connection when it came, and keep it until they hear that it ended.
    @Override
    public NextAction handleClose(FilterChainContext context) throws IOException {
        for (Filter filter : listeners) {
            if (!stays(filter)) {
                filter.handleClose(context);
            }
        }
        WIRE.remove(context.getConnection());
        return context.getInvokeAction();
    }
}
