/**
 * Messages between the instances of a cluster.
 *
 * <p>{@link parley.bus.RoomBus} observes what happens on this instance. Its {@code Publisher} sends that to a JMS topic after the
 * commit. A {@code Receiver} reads what other instances sent, and {@code OtherInstances} passes it to {@code hub} and {@code limits}.
 *
 * <p>The topic is a hint, never the truth. The hub reads lost messages from the log, at the latest when it next compares the heads. So
 * nothing here is transacted or persistent, no caller waits for the broker, and an instance works while the broker is away or without
 * a broker. No package may import this one.
 *
 * <h2>Which messages are accepted</h2>
 * Every program with the broker's password can read the topic and send to it, so the topic is not trusted. A {@code Sealer} encrypts
 * and authenticates every message with the key of the installation, which is in the database and never on the broker. An
 * {@code Unsealer} refuses all other messages. A recorded message is authentic too: {@code Incarnations} accepts the messages of one
 * incarnation (one run of an instance) only in ascending order, and only after that incarnation has answered a fresh nonce. A refused
 * message is counted; it costs a read of the log at most.
 */
package parley.bus;
