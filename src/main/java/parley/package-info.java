/**
 * Parley: real-time rooms for enterprise web portals, one WAR on Payara Server.
 *
 * <p>A room is a log. Every change is an event with the room's next 64-bit offset, stored in the transaction that
 * numbers it. What an instance knows of a room is a view, a fold of that log. Clients read by position and miss nothing.
 *
 * <h2>The path of one message</h2>
 * This is the path of {@code message.post} on Payara Server ({@code parley.wire=grizzly}, the default). Each stop names its classes in the
 * order of the calls.
 * <pre>
 *  1 connect  socket    HandshakeFilter, AuthenticatedRequest: origin, then token or ticket -&gt; Caller; a refusal is an HTTP status.
 *                       GrizzlyWire takes the connection over from HTTP, UpgradedSocket opens a Connection in the Hub.
 *  2 read     socket    ReceivingStrategy, Receivers (our threads), GrizzlyChain, GrizzlyWire, UpgradedSocket, FrameReader:
 *                       bytes -&gt; text of one message, by RFC 6455
 *  3 decode   protocol  Codec, CommandReader: text -&gt; a Command or a BrokenFrame; checks size and shape only
 *  4 route    socket    FrameRouter, Limits: one line a command; makes a PostMessage, a Proposal
 *  5 queue    journal   Journal, Writer: a bounded queue for each writer thread; a room always has the same writer
 *  6 commit   journal   GroupCommit, one transaction a batch: lock the heads (RoomHeads), catch up (CatchingUp), decide each
 *                       Proposal against the exact RoomView (PostMessage, RoomPolicy: pure), number and insert the events
 *                       (LogEntry), update the tables (MessageProjection)
 *  7 deliver  hub       Writer advances the Views and fires Committed. Hub, Feed, Subscription, Connection, Outbox: one encoding
 *                       for all subscribers, in the order of offsets. A gap is read from the log (ReaderPool, RoomLog).
 *  8 reply    socket    Writer completes the Receipt. FrameRouter, NotFoundDelay, Connection, Outbox of the sender
 *  9 write    hub       Flushers, Flusher, Outbox, WriteBatch, then GrizzlyWire: bounded; a slow reader is closed
 * 10 publish  bus       RoomBus observes Committed. Publisher, BusMessageBuilder, PacketWriter, Sealer: to the JMS topic, only a hint.
 *                       Others: Receiver, Unsealer, OtherInstances, PacketReader, Incarnations, Hub, Following; then stop 7.
 * </pre>
 * The fallback path ({@code parley.wire=standard}, and every other server) differs in three stops. At 1, TokenConfigurator binds the
 * caller to the session of RoomEndpoint, which opens the Connection. At 2 and 3, the server reads the frame, FrameDecoder calls
 * Codec, and RoomEndpoint calls FrameRouter. At 9, StandardWire and FrameEncoder write.
 *
 * <p>Typing and presence are ephemeral: they have no offset and skip stops 5 and 6.
 *
 * <h2>Packages, each importing only from those above it</h2>
 * <pre>
 * protocol   the sealed types of the wire and their codec
 * settings   every limit and switch
 * metrics    what the instance counts and measures
 * threads    thread pools and periodic tasks
 * sql        bulk rows, and what a SQLSTATE means
 * identity   callers, tokens, tickets, revocations
 * limits     what a user and an address may use
 * room       rooms, memberships, the view of a room, its rules
 * journal    the log: group commit, reading by position
 * health     whether this instance can serve, and why not
 * audit      who did what to whom, and from where
 * message    posting messages, and their history
 * hub        connections, subscriptions, fan-out, presence
 * bus        messages between the instances of a cluster
 * http       checks of every HTTP request: shape, body, headers, origin, proxies
 * socket     the WebSocket handshake and endpoint
 * rest       the HTTP interface
 * ops        start, stop, health and metrics pages, sweeps
 * </pre>
 * No package imports {@code bus}, {@code socket}, {@code rest} or {@code ops}. {@code ArchitectureTest} holds this table.
 */
package parley;
