package parley.bus;

import java.util.List;

/**
 * The content of a message.
 *
 * @param node the name of the instance that says it
 */
record Letter(String node, List<Packet> packets) {}
