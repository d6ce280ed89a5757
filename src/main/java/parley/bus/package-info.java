/**
 * Messaging between the instances of a cluster, over a JMS topic.
 *
 * <p>{@link parley.bus.RoomBus} passes local events to a {@code Publisher}, which sends them after the commit. A {@code Receiver} reads
 * the topic, and {@code OtherInstances} applies what it reads to the hub. The topic carries hints, never the truth: a lost message is read
 * from the log, at the latest when the hub next compares heads. So nothing here is transacted, persistent or waited for, and an instance
 * works while the broker is away, or without one. Only {@code ops} may import this package.
 *
 * <p>The messages of an instance are numbered, and a packet that was not sent leaves a gap. So an instance knows when it may have missed
 * something: after a gap, while an instance that runs is silent, and when one joins or leaves ({@code parley.hub.Doubts}). Who is online is
 * asked for ({@code PresenceRequests}) when a room gets its first listener here, and then followed by its changes.
 *
 * <h2>Authentication</h2>
 * Every program with the broker's password can read the topic and write to it, so the topic is not trusted. A {@code Sealer} encrypts and
 * authenticates each message with the installation's key, which is stored in the database and never on the broker; an {@code Unsealer}
 * refuses messages without a valid seal. Against replay, {@code Incarnations} accepts messages from a run of an instance only after that
 * run has answered a challenge with a fresh nonce, and only with growing numbers. Refused messages are counted; the worst that they
 * cause is a read of the log.
 */
package parley.bus;
