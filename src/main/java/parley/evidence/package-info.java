/**
 * Evidence that nobody changed the log behind Parley's back. Each room's log carries a hash chain; a signed root of all chains is published
 * every hour.
 *
 * <p>{@code Sealing} follows the heads of the logs on a thread of its own and stores segments of leaves ({@code SealCommit}). Posts never
 * wait for it. When the journal rewrites or deletes sealed events, {@code Recording} adds a link that says which, why and what they are
 * now, in the same transaction. {@code Publishing} signs and publishes roots: in the server log, over REST, and to a JMS broker through a
 * {@link parley.evidence.RootOutlet}. {@link parley.verify} is the algorithm and checks all of it.
 *
 * <p>The order of locks: a transaction that rewrites the log has locked the head of the room, and then locks its row of table
 * {@code evidence_room}. Sealing never waits for a lock: it leaves out rooms that are locked. A row of {@code evidence_room} is made while
 * the head is locked, so no removal is under way that did not see it.
 *
 * <p>Owns the tables {@code evidence_room}, {@code evidence_link}, {@code evidence_gate}, {@code evidence_key}, {@code evidence_root} and
 * {@code evidence_head}. {@code rest} calls {@link parley.evidence.Evidence}, for administrators only. Never delete or change a link; only
 * openings of events that were rewritten are overwritten. Never put the name of a room into a root.
 */
package parley.evidence;
