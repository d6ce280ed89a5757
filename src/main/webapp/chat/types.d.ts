/** The shapes that the client's modules share: frames of the protocol, the state, and the messages in the outbox. Times are ISO 8601. */

export interface User {
  id: string;
  name?: string;
}

export type Role = 'owner' | 'moderator' | 'member' | 'guest' | 'none';

/** What a `Problem` is made of: an error reply, or a failure that the client found itself. `retryAfter` is in milliseconds. */
export interface Refusal {
  code?: string;
  message?: string;
  temporary?: boolean;
  retryAfter?: number;
  lost?: boolean;
}

// Frames

export interface Limits {
  /** Bytes of a frame. */
  frame?: number;
  /** Characters of a message. */
  text: number;
  subscriptions: number;
  /** Seconds in which a message may be edited. Without it, there is no limit. */
  edit?: number;
  /** Absent if the server is of an older version. */
  retention?: KeptLimits;
}

/** How long rooms may keep messages: `forever`, `none`, or a number of days such as `30d`. */
export interface KeptLimits {
  default: string;
  floor: string;
  ceiling: string;
}

/** The first frame of a connection. `expires` is the end of the token. */
export interface Hello {
  type: 'hello';
  user: User;
  expires?: string;
  limits?: Partial<Limits>;
  /** What the deployment has switched on. */
  features?: string[];
  session?: string;
  node?: string;
  build?: string;
  heartbeat?: number;
}

/** The people who reacted with one emoji: the ids of the first ten. `mine` means that the reader is one of them all. */
export interface Reaction {
  count: number;
  by: string[];
  mine?: boolean;
}

/** The replies to a message that are not deleted: when the last one was posted, and the ids of the first ten people. */
export interface Replies {
  count: number;
  last: string;
  by: string[];
}

/** A deleted message has no text. */
export interface Message {
  offset: number;
  by: User;
  at: string;
  text?: string;
  key?: string;
  /** The offset of the message that it answers. */
  thread?: number;
  /** Whether a reply is shown in the room too. */
  also?: boolean;
  /** User ids. */
  mentions?: string[];
  everyone?: boolean;
  edited?: string;
  deleted?: boolean;
  pinned?: boolean;
  /** By emoji, in the order of their first use. */
  reactions?: Record<string, Reaction>;
  replies?: Replies;
  files?: AttachedFile[];
  previews?: LinkPreview[];
  form?: any;
}

/** The title, the description and a picture of the page behind a link in a message. `picture` is the id of a small picture. */
export interface LinkPreview {
  url: string;
  title?: string;
  text?: string;
  picture?: string;
}

/** A file that a message carries. Only pictures have a size in pixels. */
export interface AttachedFile {
  id: string;
  name: string;
  type: string;
  size: number;
  width?: number;
  height?: number;
  thumbnail?: boolean;
}

/** What every logged event has. */
interface Logged {
  room: string;
  offset: number;
  at: string;
  by: User;
}

export type MessageEvent =
  | (Logged & { type: 'message.posted'; text?: string; key?: string; thread?: number; also?: boolean; mentions?: string[]; everyone?: boolean; deleted?: boolean })
  | (Logged & { type: 'message.edited'; message: number; text?: string; mentions?: string[]; deleted?: boolean; previews?: LinkPreview[] })
  | (Logged & { type: 'message.previewed'; message: number; previews?: LinkPreview[]; removed?: boolean })
  | (Logged & { type: 'message.deleted'; message: number; thread?: number; removal?: string })
  | (Logged & { type: 'message.restored'; message: number; text?: string; thread?: number; mentions?: string[]; everyone?: boolean; edited?: string; deleted?: boolean })
  | (Logged & { type: 'message.pinned' | 'message.unpinned'; message: number })
  | (Logged & { type: 'reaction.added' | 'reaction.removed'; message: number; emoji: string });

export type MemberEvent =
  | (Logged & { type: 'member.joined' | 'member.role'; user: User; role: Role | 'banned'; until?: string })
  | (Logged & { type: 'member.left'; user: User })
  | (Logged & { type: 'member.muted' | 'member.unmuted'; user: User; until?: string });

export type RoomEvent =
  | (Logged & { type: 'room.updated'; name?: string; kind?: RoomKind; topic?: string; retention?: string; posting?: string; slow?: number })
  | (Logged & { type: 'room.rewritten' })
  | (Logged & { type: 'room.closed' });

export type CallEvent =
  | (Logged & { type: 'call.started'; call: string })
  | (Logged & { type: 'call.ended'; call: string; seconds: number; people?: User[] });

/** A person in a call on one page or device. */
export interface CallParticipant extends User {
  participant: string;
  /** Whether its connection to the server is lost. */
  lost?: boolean;
}

/** The call of a room. */
export interface OngoingCall {
  call: string;
  by: User;
  started: string;
  people: CallParticipant[];
}

export type LoggedEvent = MessageEvent | MemberEvent | RoomEvent | CallEvent;

/** A room that was subscribed to: its position and messages are known. */
export type LoadedRoom = Room & { position: Position; messages: Message[] };

/** User ids, or a count if there are too many to list. */
export type Online = string[] | number;

export type EphemeralEvent =
  | { type: 'call.people'; room: string; call: string; people: CallParticipant[] }
  | { type: 'typing'; room: string; by: User; on: boolean; received: number }
  | { type: 'presence'; room: string; online: Online; joined?: string[]; left?: string[]; renamed?: User[] }
  | { type: 'unsubscribed'; room: string; code: string; resubscribe: boolean }
  | { type: 'activity'; room: string; offset: number; read?: number; unread?: number; mentions?: number; last?: Message }
  | { type: 'room.added'; room: MyRoom }
  | { type: 'room.removed'; room: string }
  | (Omit<Notice, 'at' | 'read'> & { type: 'notified'; received: number })
  | { type: 'withdrawn'; upto?: number; ids?: number[] }
  | (Announcement & { type: 'announcement.shown' })
  | { type: 'announcement.ended'; id: string }
  | { type: 'features'; features: string[] }
  | { type: 'read'; room: string; by?: User; upto?: number; back?: boolean; readers?: { user: string; upto: number }[] };

/** The reply to `subscribe`. A recovered one has no messages: the missed events follow. */
export interface Subscribed {
  epoch: string;
  offset: number;
  role?: Role;
  muted?: string;
  recovered: boolean;
  messages?: Message[];
  /** The offset up to which the messages have what changed them. */
  asOf?: number;
  unread?: number;
  online: Online;
  /** How far the person has read, how many messages after it mention them, and how far others have read. */
  read?: number;
  mentions?: number;
  readers?: { user: string; upto: number }[];
  call?: OngoingCall;
}

// Stats

/** How frames travel now; `shared`: over the connection of another tab. */
export type Transport = 'websocket' | 'stream' | 'poll' | 'shared';

/** What a session has counted and measured since it began. Times are the server's, in milliseconds since 1970. */
export interface SessionStats {
  /** Null without a connection. */
  transport: Transport | null;
  connectedAt: number | null;
  /** Frames, pings included. */
  sent: number;
  received: number;
  /** Commands that the server refused. */
  errors: number;
  reconnections: number;
  /** Subscriptions that resumed from their position. */
  resumes: number;
  lastSentAt: number | null;
  lastReceivedAt: number | null;
  /** Milliseconds that the last pings took, the latest last. */
  roundTrips: number[];
  /** Milliseconds by which the server's clock is ahead of this computer's. */
  clockOffset: number;
  /** Messages that the server has not confirmed yet. */
  unsent: number;
}

// State

export type RoomKind = 'public' | 'private' | 'direct';

export interface ListedRoom {
  id: string;
  name?: string;
  kind: RoomKind;
  topic?: string;
  /** Who may post: everyone if absent. */
  posting?: string;
  /** Seconds between two messages of one person. */
  slow?: number;
  role?: Role;
  retention?: string;
  /** The people of a direct room. */
  people?: User[];
}

/** What the person wants to be told of. */
export type Level = 'all' | 'mentions' | 'nothing';

/** One of the person's rooms, as `watch` lists it. */
export interface MyRoom extends ListedRoom {
  epoch?: string;
  offset?: number;
  read?: number;
  unread?: number;
  mentions?: number;
  last?: Message;
  level?: Level;
  muted?: string;
  favourite?: boolean;
  hidden?: boolean;
  section?: string;
  position?: number;
}

export interface Member {
  user: User;
  role: Role;
  online?: boolean;
  muted?: string | null;
}

export interface Ban {
  user: User;
  role: 'banned';
  until?: string;
}

/** `broken`: events are missing. `refused`, `ended`: not for the caller, see `problem`. */
export type Subscription = 'none' | 'asked' | 'live' | 'broken' | 'refused' | 'ended';

/** The last logged event that was applied to a room. */
export interface Position {
  epoch: string;
  offset: number;
}

/** A room as far as it is known: null means not known yet. */
export interface Room {
  id: string;
  name: string | null;
  kind: RoomKind;
  topic?: string;
  /** Who may post: everyone if absent. */
  posting?: string;
  /** Seconds between two messages of one person. */
  slow?: number;
  role: Role;
  subscription: Subscription;
  position: Position | null;
  messages: Message[] | null;
  /** Whether there are messages before the first one. */
  earlier: boolean;
  /** Whether earlier messages are being loaded. */
  loading: boolean;
  online: Online | null;
  /** By user id; `until` is in milliseconds since the epoch. */
  typing: Map<string, { name?: string; until: number }>;
  members: Member[] | null;
  bans: Ban[] | null;
  /** The last loaded member and ban, if there are more. */
  membersAfter: string | null;
  bansAfter: string | null;
  /** How long messages are kept: `forever`, `none`, or days such as `30d`. */
  retention: string | null;
  /** Until when the person is muted. */
  muted: string | null;
  unread: number;
  /** The offset up to which the person has read. */
  seen: number | null;
  /** The "New" line is below this offset. */
  newAfter: number | null;
  problem: { code: string } | null;
  /** A part of the history that does not reach the latest messages, while the timeline shows it. */
  window: { messages: Message[]; earlier: boolean; later: boolean; loading: boolean } | null;
  /** The message that the timeline should show; `quiet` without highlighting it, `still` without focusing it. */
  target: { offset: number; quiet: boolean; still?: boolean } | null;
  /** The open thread. */
  thread: Thread | null;
  /** By root: the offset before the first unread reply. */
  unreadThreads: Map<number, number>;
  /** Pinned messages, once they were asked for, and the position at which they were read. `stale`: to be asked for again. */
  pins: { messages: Message[]; asOf: number; stale: boolean } | null;
  /** Messages that are being deleted, as long as that can be undone. */
  deleting: Set<number>;
  /** How many pages are being read, and the message events since the first of them was asked for. */
  asking: number;
  since: LoggedEvent[];
  /** Messages that were read at a later position than the room's, with that position. */
  ahead: Map<number, number>;
  /** Grows when the room starts over. */
  era: number;
  /** Earlier events changed: the room starts over with the next subscription. */
  rewritten?: boolean;
  /** The call that is on. */
  call: OngoingCall | null;
  /** The starts and ends of calls among the messages, as far as they are known. */
  calls: CallEvent[];
  /** Unread messages that mention the person, by the server's count. */
  mentions: number;
  /** The offset up to which `unread` and `mentions` count. */
  counted: number;
  /** The highest offset that is known to exist. */
  head: number;
  /** The person's read marker, and what the server has stored of it. */
  read: number | null;
  stored: number | null;
  /** How far others have read, by user id; null in large rooms. */
  readers: Map<string, number> | null;
  last: Message | null;
  people: User[] | null;
  level: Level;
  favourite: boolean;
  hidden: boolean;
  section: string | null;
  /** Where the person put the room in its section. */
  place: number | null;
}

/** `message` is the root, null if it isn't loaded. `messages` are its replies. */
export interface Thread {
  root: number;
  message: Message | null;
  messages: Message[] | null;
  earlier: boolean;
  loading: boolean;
  newAfter: number | null;
  target: { offset: number; quiet: boolean } | null;
}

/** A reply with messages, as the client's own event. */
export interface Page {
  page: 'earlier' | 'later' | 'around' | 'thread' | 'replies' | 'pins' | 'message';
  messages: Message[];
  more: boolean;
  moreAfter?: boolean;
  asOf?: number;
  root?: number;
}

export type Phase = 'idle' | 'connecting' | 'connected' | 'waiting' | 'offline' | 'signed-out' | 'stopped';

/** `until`: when the next attempt starts. `trouble`: why the last one failed. `by`: who ended the session. */
export interface ConnectionState {
  phase: Phase;
  until?: number;
  trouble?: 'token';
  by?: 'portal' | 'server';
}

export interface State {
  user: User | null;
  limits: Limits;
  features: string[];
  connection: ConnectionState;
  rooms: Map<string, Room>;
  /** Whether the rooms were listed. */
  listed: boolean;
  /** The id of the open room. */
  open: string | null;
  /** The ids of rooms that stay subscribed to beside the open one. */
  held: Set<string>;
  visible: boolean;
  focused: boolean;
  /** Whether the server reports what happens in the person's rooms. */
  watching: boolean;
  /** While pages of further rooms arrive: the rooms that are known to be listed, and those that events removed. */
  listing: { seen: Set<string>; removed: Set<string> } | null;
  /** What the person shows others of themselves, and what they prefer; null until it is known. */
  me: Me | null;
  /** The latest notifications, newest first, and how many of all are unread. */
  notices: { list: Notice[]; unread: number; more: boolean; loaded: boolean };
  /** Ids of the people whom the person blocks. */
  blocked: Set<string>;
  /** What administrators announce and the person did not dismiss, oldest first. */
  announcements: Announcement[];
  /** Rooms that other elements of the page show. */
  elsewhere: Set<string>;
}

/** The client's own events: requests, replies, and actions of the person. */
export type ClientEvent =
  | { type: 'client.connection'; connection: ConnectionState }
  | { type: 'client.rooms'; rooms: ListedRoom[] }
  | { type: 'client.room'; room: ListedRoom }
  | { type: 'client.visible'; visible: boolean }
  | { type: 'client.focused'; focused: boolean }
  | { type: 'client.me'; me: Me }
  | { type: 'client.notices'; notifications: Notice[]; more: boolean; unread: number; before?: number }
  | { type: 'client.blocked'; blocked: Set<string> }
  | { type: 'client.watched' | 'client.watched.page'; rooms: MyRoom[]; more: boolean }
  | { type: 'client.read'; room: string; upto: number; back?: boolean }
  | { type: 'client.read.stored'; room: string; upto: number }
  | { type: 'client.room.settings'; room: string; settings: Partial<Pick<Room, 'level' | 'favourite' | 'hidden' | 'section' | 'place'>> }
  | { type: 'client.elsewhere'; rooms: Set<string> }
  | { type: 'client.held'; held: Set<string> }
  | { type: 'client.opened' | 'client.forgotten' | 'client.subscribing' | 'client.unsubscribed' | 'client.thread.closed' | 'client.latest'; room: string }
  | { type: 'client.subscribed'; room: string; reply: Subscribed; asked: number; keeps?: boolean }
  | { type: 'client.behind'; room: string; head: number }
  | { type: 'client.refused'; room: string; problem: { code: string } }
  | { type: 'client.role'; room: string; role: Role }
  | { type: 'client.page.asked' | 'client.page.failed'; room: string; page: Page['page']; era: number }
  | ({ type: 'client.page'; room: string; era: number } & Page)
  | { type: 'client.target'; room: string; offset: number; quiet?: boolean; still?: boolean; window: boolean }
  | { type: 'client.thread.opened'; room: string; root: number }
  | { type: 'client.thread.target'; room: string; offset: number }
  | { type: 'client.deleting'; room: string; message: number; on: boolean }
  | { type: 'client.members'; room: string; members: Member[]; more?: boolean; after?: string; era?: number }
  | { type: 'client.bans'; room: string; bans: Ban[]; more?: boolean; after?: string; era?: number }
  | { type: 'client.calls'; room: string; calls: CallEvent[]; era: number }
  | { type: 'client.time'; room: string; now: number };

export type StateEvent = Hello | LoggedEvent | EphemeralEvent | ClientEvent;

// People

export type Availability = 'auto' | 'away' | 'busy';

export interface Status {
  text: string;
  emoji?: string;
  until?: string;
}

/** A person as the directory shows them. */
export interface Person extends User {
  picture?: string;
  status?: Status;
  availability?: Availability;
}

/** What an administrator announces to everyone. */
export interface Announcement {
  id: string;
  kind: 'info' | 'warning' | 'maintenance';
  text: string;
  link?: string;
  until?: string;
  dismissible?: boolean;
}

/** Why and where the person was notified. An invitation and a call have no offset. */
export interface Notice {
  id: number;
  room: string;
  offset?: number;
  by: User;
  why: 'mention' | 'keyword' | 'direct' | 'reply' | 'invited' | 'call' | 'reminder' | 'unsent' | 'export';
  at: string;
  text?: string;
  read?: boolean;
}

export interface Me extends Omit<Person, 'status'> {
  status?: Status | null;
  /** Whether others see how far the person has read, and the person sees it of others. */
  receipts?: boolean;
  quiet?: { from: string; to: string; zone: string } | null;
  keywords?: string[];
}

// Outbox

/** A message that is not in its room's log yet. `problem` is the code of the refusal, `offset` that of the reply. */
export interface Entry {
  key: string;
  room: string;
  text: string;
  at: string;
  order: number;
  state: 'pending' | 'sent' | 'held' | 'failed' | 'discarded';
  mentions?: string[];
  everyone?: boolean;
  /** A reply's root, and whether the room shows it too. */
  thread?: number;
  also?: boolean;
  files?: AttachedFile[];
  offset?: number;
  problem?: string;
  /** The server has not replied for a while. */
  late?: boolean;
  holder?: string;
}

/** What goes with the text of a message: user ids that it mentions, whether it mentions everyone, the message to which it replies, and its files. */
export type PostOptions = Pick<Entry, 'mentions' | 'everyone' | 'thread' | 'also' | 'files'>;

/** `[server, user]`. */
export type Owner = [string, string];

// Options

/** The portal's function. It resolves to a JWT, or to null when nobody is signed in. */
export type TokenProvider = () => Promise<string | null>;

/** Called after each call of the portal's function. */
export interface TokenListeners {
  failed?: (failure: import('./token/failure.js').TokenFailure) => void;
  succeeded?: () => void;
}

/**
 * A row of the timeline that shows a message; `connected` is whether a pending one is being sent. `editor` takes the place of its text.
 * `deleting`: it is being deleted, and that can be undone. `unread`: its thread has unread replies.
 */
export interface MessageRow {
  message: Partial<Entry> & Partial<Message> & { by: User; at: string };
  first: boolean;
  state: Entry['state'];
  mine: boolean;
  connected: boolean;
  editor?: HTMLElement | null;
  deleting?: boolean;
  unread?: boolean;
  /** Whether it is shown as part of its thread. */
  inThread?: boolean;
  /** Whether the person blocks the author: the text is folded until `reveal(message)`. */
  folded?: boolean;
  reveal?: (message: any) => void;
  /** The people for whom it is the last of the person's messages that they have read. */
  seen?: string[];
}
