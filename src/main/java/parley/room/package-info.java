/**
 * Rooms: what a room is at an offset ({@link parley.room.RoomView}, a fold of its log), who may do what in it
 * ({@link parley.room.RoomPolicy}), and the activities that change who is in it.
 *
 * <p>Owns the tables {@code room}, {@code membership} and {@code restriction}, which are projections of the log, and the head of each log,
 * which is the one row that writers lock. A decision here is pure: it sees a view and says what changes; the journal
 * numbers and stores it. Nothing here knows connections or frames. A membership must never change but by an event.
 */
package parley.room;
