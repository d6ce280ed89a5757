/**
 * Calls in rooms: who is in a call, and the signals with which their browsers connect. Audio and video never pass this server.
 *
 * <p>Two things about a call are in the room's log: its start and its end ({@link parley.protocol.CallChange}). {@code StartCall} and
 * {@code EndCall} are proposals to the journal, so a room has one call at a time, and each call ends once, whatever instances do. In
 * between, people join and leave. A participant is a person on one page or device. It has a row that names its connection, so it survives
 * its instance: if the connection is lost, the participant stays for {@code parley.calls.grace-seconds}, in which the same person continues
 * it from any instance. {@code CallWatch} notices lost connections and people who lose their right, and tells others who is in the call.
 * {@code CallSweep} removes what did not come back, also after a crash of all instances, but not just after the database was away. The
 * transaction that ends a right removes the person's participants.
 *
 * <p>{@code Signalling} passes a signal to the connections of one person in the same call, on this instance and through the bus on others.
 * A signal is never stored, and never written to a log: it has the addresses of people. A lost one is repeated by the clients' negotiation.
 *
 * <p>This package owns the tables {@code room_call}, {@code call_participant} and {@code call_person}. {@code socket}, {@code bus} and
 * {@code rest} call it. It must never pass a signal to or from a connection outside of the call, and never keep a person in a call who may
 * not post in the room. A block in a direct room is the exception: it refuses joining, and ends no call.
 */
package parley.call;
