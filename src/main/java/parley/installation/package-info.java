/**
 * Default rooms: public rooms that administrators choose, which people join at their first sign-in.
 *
 * <p>{@link parley.installation.DefaultRooms} has what administrators do, and {@link parley.installation.Welcoming} lets people join.
 * The transaction that stores a first sign-in notes which rooms the person has to join ({@code default_room_due}), so nobody is forgotten.
 * A membership is an event of its room, by the person, as if they had joined themselves; they may leave like everybody else.
 */
package parley.installation;
