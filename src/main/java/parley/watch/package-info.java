/**
 * People who watch their rooms: what changes in any of them reaches each watching connection, without a subscription to the room.
 *
 * <p>{@code Watchers} holds one registration for each person who watches on this instance. {@code Activities} turns committed batches, on
 * this instance or on another, into one {@code activity} a second for each room and member at most, and into {@code room.added} and {@code
 * room.removed}. {@code Receipts} tells the subscriptions of a small room how far others have read. All of it is ephemeral: after a
 * reconnect, {@code watch} returns everything again. Numbers come from {@code reading}; a packet of another instance is only a reason to
 * look at the tables.
 */
package parley.watch;
