package parley.bus;

import java.util.List;

/**
 * The content of one message on the topic.
 *
 * @param node the name of the instance that sent it
 */
record BusMessage(String node, List<Packet> packets) {}
