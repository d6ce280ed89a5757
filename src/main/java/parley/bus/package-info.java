/**
 * Between the instances of a cluster: what one commits and says, the others hear.
 *
 * <p>{@link parley.bus.RoomBus} hands what happens here to a {@code Publisher}, which sends it to a JMS topic after
 * the commit; a {@code Receiver} takes what other instances sent, and {@code OtherInstances} gives it to the hub. The topic is a hint
 * and never the truth: whatever it loses is read from the log, at the latest when the hub next looks at the heads. So
 * nothing here is transacted, persistent, or waited for, and an instance works with the broker away, or without any.
 * Nobody but {@code ops} imports this package.
 *
 * <h2>Who is believed</h2>
 * Every program with the broker's password sends to the topic and reads from it, so the topic is not trusted. A {@code Sealer}
 * encrypts every message and vouches for it with the installation's key, which is in the database and not on the broker;
 * an {@code Unsealer} refuses what has no such seal. A recorded message has one. So {@code Incarnations} takes of each life of an
 * instance only messages of growing numbers, and only after that life answered a question with a fresh nonce. What is
 * refused is counted, and costs nobody more than a look at the log.
 */
package parley.bus;
