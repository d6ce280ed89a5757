/**
 * Legal holds: content that must not be lost, whatever happens in its room.
 *
 * <p>A {@link parley.hold.Hold} covers what meets all of its conditions ({@link parley.hold.Scope}). {@code Keeping} takes the originals of
 * whatever leaves the log ({@link parley.journal.Originals}) and stores copies of what a hold covers, with the bytes of its files. The room
 * goes on as without a hold: content disappears there at once, and no reply, number, error or event tells anybody that a copy was kept.
 * A message is kept as a whole, with all of its texts, if one of them is covered.
 *
 * <p>The rule: a hold that is committed before a removal commits keeps what is removed. Each removal locks the row of table
 * {@code hold_gate} until it commits, and only then reads the holds. A hold that begins or ends locks the same row: it waits for the
 * removals under way, and later ones see it. Removals don't wait for each other on PostgreSQL, which shares the lock; H2 can't. The head of
 * the room is locked before the gate, and files after it. Posts never ask.
 *
 * <p>A hold that was released keeps nothing more. {@code HoldSweep} then deletes what no other hold keeps, in small steps, each of which
 * locks the gate.
 *
 * <p>Content that was never stored can't be kept: rooms with the retention {@code none} have none. A floor for the retention prevents them.
 *
 * <p>Owns the tables {@code legal_hold}, {@code hold_term}, {@code hold_gate}, {@code held_event}, {@code held_by} and {@code hold_file}.
 * {@code rest} calls {@link parley.hold.Holds}, for administrators only: each call is an audit event, also one that only reads. An erasure
 * asks {@link parley.hold.Held}, shows what it removes to {@link parley.journal.LeavingContent} and removes it then. Never show held
 * content to anybody else.
 */
package parley.hold;
