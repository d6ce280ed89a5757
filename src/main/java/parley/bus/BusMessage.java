package parley.bus;

import java.util.List;

/**
 * The content of a message.
 *
 * @param node the name of the instance that says it
 */
record BusMessage(String node, List<Packet> packets) {}
