/**
 * Parley: real-time rooms for enterprise web portals, one WAR on Payara Server.
 *
 * <p>A room is a log. Every change is an event with the room's next 64-bit offset, stored in the transaction that
 * numbers it. What an instance knows of a room is a view, a fold of that log. Clients read by position and miss nothing.
 *
 * <h2>The path of one message</h2>
 * This is the path of {@code message.post} on Payara Server ({@code parley.wire=grizzly}, the default). Each stop names its classes in the
 * order of the calls, without the values that flow between them.
 * <pre>
 *  1 connect  socket    HandshakeFilter, Handshake, OriginPolicy, TokenVerifier or Tickets: -&gt; Caller; a refusal is an HTTP status.
 *                       AuthenticatedRequest becomes an UpgradedSocket. GrizzlyWire takes its connection out of HTTP.
 *                       Connections opens a Connection with its Outbox.
 *  2 read     socket    GrizzlyIoStrategy, ReceiverThreads (Parley's own threads), GrizzlyFilter, GrizzlyWire, UpgradedSocket, FrameReader:
 *                       bytes -&gt; the text of a message, by RFC 6455
 *  3 decode   protocol  Codec, CommandReader: text -&gt; a Command or a BrokenFrame; checks only size and shape
 *  4 route    socket    FrameRouter, Limits: one line for each command -&gt; PostMessage, a Proposal
 *  5 queue    journal   Journal, Writer: a bounded queue for each writer thread; a room always has the same writer
 *  6 commit   journal   GroupCommit, one transaction for a batch: RoomHeads locks the heads, CatchingUp reads what other instances
 *                       committed, PostMessage and RoomPolicy decide against the exact RoomView and RecentMessages, Codec encodes
 *                       the event, LogEntry and MessageProjection insert through Rows
 *  7 deliver  hub       Writer advances the Views and fires Committed. Delivering, Delivery, Feed, Subscription, Connection, Outbox: the
 *                       same bytes for all subscribers, in the order of offsets. ReaderPool and RoomLog read a gap from the log.
 *  8 publish  bus       RoomBus observes Committed too. Publisher, BusMessageBuilder, PacketWriter, Sealer: to the JMS topic, as a hint.
 *                       On another instance: Receiver, Unsealer, OtherInstances, PacketReader, Incarnations, Following; then stop 7
 *  9 reply    socket    Writer completes the Receipt. FrameRouter, NotFoundDelay, Connection, the sender's Outbox
 * 10 write    hub       Flushers, Flusher, Outbox, WriteBatch, GrizzlyWire: bounded; a slow reader is closed
 * </pre>
 * The fallback path ({@code parley.wire=standard}, and every other server) differs in four stops. At 1, TokenConfigurator binds the
 * caller to the session of RoomEndpoint, and RoomEndpoint has Connections open the Connection. At 2 and 3, the server reads the frame and
 * FrameDecoder calls Codec; RoomEndpoint then calls FrameRouter. At 10, StandardWire and FrameEncoder write.
 *
 * <p>Typing and presence are ephemeral: they have no offset, and the journal never sees them (stops 5 and 6).
 *
 * <h2>Packages, each importing only from those above it</h2>
 * <pre>
 * protocol   the sealed types of the wire and their codec
 * settings   every limit and switch
 * metrics    what the instance counts and measures
 * tracing    traces of sampled commands, through the server's OpenTelemetry
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
