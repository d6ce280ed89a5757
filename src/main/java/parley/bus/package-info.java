/**
 * Between the instances of a cluster: what one commits and says, the others hear.
 *
 * <p>{@link parley.bus.RoomBus} hands what happens here to a {@code Publisher}, which sends it to a JMS topic after
 * the commit; a {@code Receiver} takes what other nodes sent and gives it to the hub. The topic is a hint and never
 * the truth: whatever it loses is read from the log, at the latest when the hub next looks at the heads. So nothing
 * here is transacted, persistent, or waited for, and an instance works with the broker away, or without any. Nobody but
 * {@code ops} imports this package.
 */
package parley.bus;
