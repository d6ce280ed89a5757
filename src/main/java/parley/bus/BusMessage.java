package parley.bus;

import java.util.List;

/**
 * The content of one message on the topic.
 *
 * @param instance the name of the instance that sent it
 */
record BusMessage(String instance, List<Packet> packets) {}
