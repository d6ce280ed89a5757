/**
 * Parley: real-time rooms for enterprise web portals, one WAR on Payara Server.
 *
 * <p>A room is a log. Every change is an event with the room's next 64-bit offset, stored in the transaction that
 * numbers it. What an instance knows of a room is a fold of that log; clients read by position and miss nothing.
 *
 * <h2>One message, one straight line</h2>
 * <pre>
 * handshake  socket    HandshakeFilter      origin, token or ticket -&gt; Caller; refusals are real HTTP statuses
 *            socket    TokenConfigurator    the endpoint's configurator: binds the verified Caller to the session
 * 1 decode   socket    FrameDecoder         text -&gt; sealed Command record, or a Problem; size and shape only
 * 2 route    socket    FrameRouter          exhaustive switch, one line a command
 * 3 decide   message   PostingMessage       (RoomView, Caller, command) -&gt; changes, or a Problem: pure
 * 4 commit   journal   Journal              lock heads, catch up, decide, number, insert the batch, commit
 * 5 reply    hub       Outbox of the sender
 * 6 publish  bus       RoomBus              one JMS message for what came in meanwhile, after the commit; only a hint
 * 7 deliver  hub       Hub                  here at once, on other instances from the bus; a gap is read from the log
 * 8 write    hub       Outbox + Flusher     bounded; a slow reader is closed
 * </pre>
 * Presence and typing skip steps 3 and 4: they are ephemeral and carry no offset.
 *
 * <h2>Packages, each importing only from those above it</h2>
 * <pre>
 * protocol   the sealed types of the wire and their codec             settings   every limit and switch
 * metrics    what the instance counts and measures
 * identity   callers, tokens, tickets, revocations                    limits     what a user and an address may use
 * room       rooms, memberships, the view of a room, its rules
 * journal    the log: writing it in group commits, reading it by position
 * health     whether this instance can serve, and why not
 * audit      who did what to whom, from where
 * message    messages: posting them, their history
 * hub        connections, subscriptions, fan-out, presence
 * bus        what the instances of a cluster tell each other
 * http       what every HTTP request meets first: its shape, its body, its headers
 * socket     the WebSocket endpoint          rest   the HTTP interface          ops   start, health
 * </pre>
 * Nobody imports {@code socket}, {@code rest} or {@code ops}. A test holds this table.
 */
package parley;
