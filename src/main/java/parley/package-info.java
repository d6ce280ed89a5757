/**
 * Parley: real-time rooms for enterprise web portals, one WAR on Payara Server.
 *
 * <p>A room is a log. Every change is an event with the room's next 64-bit offset, stored in the transaction that numbers it, except that
 * messages of a room with the retention {@code none} are kept only in memory. An instance knows a room by its view, the fold of that log.
 * Clients read the log by position and miss nothing.
 *
 * <h2>The path of one message</h2>
 * This is the path of {@code message.post} on Payara Server ({@code parley.wire=grizzly}, the default). Each stop names its classes in the
 * order of the calls; an arrow (-&gt;) points to the result.
 * <pre>
 *  1 connect  socket    HandshakeFilter, Handshake, OriginPolicy, Admission, TokenVerifier or Tickets: -&gt; Caller; a refusal is an HTTP
 *                       status.
 *                       AuthenticatedRequest becomes an UpgradedSocket. GrizzlyWire takes its connection out of HTTP.
 *                       Connections opens a Connection with its Outbox.
 *  2 read     socket    GrizzlyIoStrategy, ReceiverThreads (Parley's own threads), GrizzlyFilter, GrizzlyWire, UpgradedSocket, FrameReader:
 *                       bytes -&gt; the text of a message, by RFC 6455
 *  3 decode   protocol  Codec, CommandReader, MessageCommandReader: text -&gt; a Command or a BrokenFrame; checks only size and shape
 *  4 route    socket    FrameRouter, Limits, MessageProposals: one branch for each family of commands -&gt; PostMessage, a Proposal
 *  5 queue    journal   Journal, Writer: a bounded queue for each writer thread; on an instance, a room always has the same writer
 *  6 commit   journal   Committing, OptimisticCommit (PostgreSQL): PostMessage and RoomPolicy decide against the RoomView, RecentMessages
 *                       and RulesInForce, Codec encodes the event, and one statement moves the heads that stand where the views stand and
 *                       inserts what LogEntry and MessageProjection declare through Rows. All else goes through GroupCommit, one
 *                       transaction for a batch: RoomHeads locks the heads, CatchingUp reads what other instances committed since
 *  7 deliver  hub       Committing advances the Views and fires Committed. Delivering, Delivery, Feed, Subscription, Connection, Outbox:
 *                       the same bytes for all subscribers, in the order of offsets. ReaderPool and RoomLog read a gap from the log.
 *  8 publish  bus       RoomBus observes Committed too. Publisher, BusMessageBuilder, PacketWriter, Sealer: to the JMS topic, as a hint.
 *                       On another instance: Receiver, Unsealer, OtherInstances, PacketReader, Incarnations, Following; then stop 7
 *  9 reply    socket    Committing completes the future with a Receipt. FrameRouter, NotFoundDelay, Connection, the sender's Outbox
 * 10 write    hub       Flushers, Flusher, Outbox, WriteBatch, GrizzlyWire: bounded; a slow connection falls behind and reads the log
 *                       (Replaying, Pages); one that reads nothing is closed
 * </pre>
 * The fallback path ({@code parley.wire=standard}, and every other server) differs in four stops. At 1, TokenConfigurator binds the caller
 * to the WebSocket session, and RoomEndpoint calls Connections, which opens the Connection. At 2 and 3, the server reads the frame and
 * Received calls Codec; RoomEndpoint then calls FrameRouter. At 10, StandardWire and FrameEncoder write.
 *
 * <p>A STOMP client has no token yet at stop 1. When its first frame arrives, StompAdmission asks Admission, and Connections opens the
 * Connection. At stop 3, StompSocket and Conversation turn its frames into commands. At stop 10, StompWire writes STOMP frames.
 *
 * <p>Without a WebSocket, StreamFilter replaces stop 1 (Admission and Connections stay) and EventStream the wire of stop 10. Commands come
 * over POST, so CommandsResource replaces stops 1 and 2 and answers at stop 9; FrameRouter stays.
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
 * verify     how evidence for the log is computed, and the program that checks it
 * personal   which columns hold something of a person
 * identity   callers, tokens, tickets, revocations
 * limits     what a user and an address may use
 * room       rooms, memberships, views, and the rules of a room
 * journal    the log: group commit, reading by position
 * lease      work that one instance does for all
 * outgoing   requests to hosts that people name, and which addresses they may reach
 * extract    the program that finds the text of a file, in a process of its own
 * health     whether this instance can serve, and why not
 * audit      who did what to whom, and from where
 * feature    which features this deployment offers
 * evidence   hash chains of the logs, and signed roots of them
 * people     the directory, profiles, blocks, and the end of access
 * file       uploads, their storage, pictures, and who may read a file
 * emoji      custom emoji, and the names of the standard ones
 * content    the texts of files, for search
 * message    posting, editing, deleting, reacting, pinning, threads, and history
 * reading    read markers, unread numbers, how people sort their rooms, drafts
 * hub        connections, subscriptions, fan-out, presence
 * watch      what is new in a person's rooms, without subscriptions
 * document   texts that several people edit at the same time
 * call       who is in the call of a room, and their signals
 * search     the index of messages on each instance, and queries on it
 * notify     notifications, Web Push, mail digests
 * preview    previews of the links in messages
 * outlet     the events of rooms, handed over to other systems
 * hook       webhooks, outgoing and incoming
 * jms        events to the JMS broker of the enterprise, and a queue that posts
 * schedule   messages that are posted later, and reminders
 * imports    rooms, people and messages from the exports of other systems
 * export     what a person could read, rooms, and a person's own data, as files
 * scim       people and groups that the company's directory provisions
 * hold       legal holds: copies of what leaves its room while it is held
 * analytics  how much the installation is used, each day, without naming anyone
 * installation  default rooms, which people join at their first sign-in
 * announcement  banners that administrators show on every page
 * moderation  reports of messages, rules about texts, and removing the messages of one person
 * erasure    erasing a person
 * administration  what the administration page shows
 * bus        messages between the instances of a cluster
 * stomp      the STOMP dialect: its frames, and their translation to commands and events
 * http       checks of every HTTP request: shape, body, headers, origin, proxies
 * socket     the WebSocket handshake and endpoint, admission, and the route from a command to what executes it
 * stream     connections without a WebSocket: server-sent events and long polls
 * rest       the HTTP interface
 * ops        start, stop, health and metrics pages, sweeps
 * </pre>
 * Beside the server, {@code client} is the Java client, a JAR of its own: it imports nothing of the server, and nothing imports it.
 *
 * <p>No package imports {@code bus}, {@code stream}, {@code rest} or {@code ops}. {@code ArchitectureTest} checks this table.
 */
package parley;
