/**
 * Rooms: the view of a room at an offset ({@link parley.room.RoomView}, a fold of its log), who may do what in it
 * ({@link parley.room.RoomPolicy}), and the proposals that change a room and its members.
 *
 * <p>Owns the tables {@code room}, {@code membership} and {@code restriction}, which are projections of the log, and the head of each log,
 * which is the one row that writers lock. A decision is pure: it sees a view and returns changes; the journal
 * numbers and stores them. This package knows neither connections nor frames. A membership changes only by an event.
 */
package parley.room;
