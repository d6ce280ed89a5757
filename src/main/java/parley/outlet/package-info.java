/**
 * Outlets: the events of rooms, handed over to other systems as CloudEvents, at least once and in the order of each room.
 *
 * <p>An outlet is a row with a room, the kind of {@link parley.outlet.Sink} that takes its events, and its position in the room's log.
 * {@code HandingOver} looks for outlets that are behind the head of their room: at once after a commit on this instance, and every second
 * for all others. It leases an outlet for a run, reads a page of the log, lets the sink hand the events over, and stores the new position
 * ({@code Settlement}). So nothing is lost while a receiver, the broker, the database or an instance is away, and no event is handed over
 * by two instances at once, except after a pause of an instance that is longer than the lease: then an event comes twice, with the same id.
 *
 * <p>An outlet that fails is tried again with growing pauses ({@code Backoff}), and is disabled if its sink's patience ends. Threads are
 * bounded, and so is the part of them that failing outlets and the outlets of one receiver may have. Events that retention or a deletion
 * has removed from the log are not handed over. An outlet gets nothing while its room stores nothing, and is removed after its room was
 * closed.
 *
 * <p>This package knows no receiver: {@code hook} and {@code jms} have the sinks.
 */
package parley.outlet;
