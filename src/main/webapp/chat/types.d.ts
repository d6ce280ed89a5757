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
}

/** The first frame of a connection. `expires` is the end of the token. */
export interface Hello {
  type: 'hello';
  user: User;
  expires?: string;
  limits?: Partial<Limits>;
  session?: string;
  node?: string;
  build?: string;
  heartbeat?: number;
}

export interface Message {
  offset: number;
  by: User;
  at: string;
  text: string;
  key?: string;
  /** User ids. */
  mentions?: string[];
  everyone?: boolean;
  edited?: string;
  deleted?: boolean;
  pinned?: boolean;
  /** User ids by emoji. */
  reactions?: Record<string, string[]>;
}

/** What every logged event has. */
interface Logged {
  room: string;
  offset: number;
  at: string;
  by: User;
}

export type MessageEvent =
  | (Logged & { type: 'message.posted'; text: string; key?: string })
  | (Logged & { type: 'message.edited'; message: number; text: string })
  | (Logged & { type: 'message.deleted'; message: number })
  | (Logged & { type: 'message.pinned' | 'message.unpinned'; message: number })
  | (Logged & { type: 'reaction.added' | 'reaction.removed'; message: number; emoji: string });

export type MemberEvent =
  | (Logged & { type: 'member.joined' | 'member.role'; user: User; role: Role | 'banned'; until?: string })
  | (Logged & { type: 'member.left'; user: User })
  | (Logged & { type: 'member.muted' | 'member.unmuted'; user: User; until?: string });

export type RoomEvent =
  | (Logged & { type: 'room.updated'; name?: string; kind?: RoomKind; topic?: string })
  | (Logged & { type: 'room.closed' });

export type LoggedEvent = MessageEvent | MemberEvent | RoomEvent;

/** A room that was subscribed to: its position and messages are known. */
export type LoadedRoom = Room & { position: Position; messages: Message[] };

/** User ids, or a count if there are too many to list. */
export type Online = string[] | number;

export type EphemeralEvent =
  | { type: 'typing'; room: string; by: User; on: boolean; received: number }
  | { type: 'presence'; room: string; online: Online; joined?: string[]; left?: string[] }
  | { type: 'unsubscribed'; room: string; code: string; resubscribe: boolean };

/** The reply to `subscribe`. A recovered one has no messages: the missed events follow. */
export interface Subscribed {
  epoch: string;
  offset: number;
  role?: Role;
  muted?: string;
  recovered: boolean;
  messages?: Message[];
  unread?: number;
  online: Online;
}

// State

export type RoomKind = 'public' | 'private';

export interface ListedRoom {
  id: string;
  name: string;
  kind: RoomKind;
  topic?: string;
  role?: Role;
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
  /** Until when the person is muted. */
  muted: string | null;
  unread: number;
  /** The offset up to which the person has read. */
  seen: number | null;
  /** The "New" line is below this offset. */
  newAfter: number | null;
  problem: { code: string } | null;
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
  connection: ConnectionState;
  rooms: Map<string, Room>;
  /** Whether the rooms were listed. */
  listed: boolean;
  /** The id of the open room. */
  open: string | null;
  visible: boolean;
  /** Rooms that other elements of the page show. */
  elsewhere: Set<string>;
}

/** The client's own events: requests, replies, and actions of the person. */
export type ClientEvent =
  | { type: 'client.connection'; connection: ConnectionState }
  | { type: 'client.rooms'; rooms: ListedRoom[] }
  | { type: 'client.room'; room: ListedRoom }
  | { type: 'client.visible'; visible: boolean }
  | { type: 'client.elsewhere'; rooms: Set<string> }
  | { type: 'client.opened' | 'client.subscribing' | 'client.unsubscribed' | 'client.history.asked' | 'client.history.failed'; room: string }
  | { type: 'client.subscribed'; room: string; reply: Subscribed; asked: number }
  | { type: 'client.behind'; room: string; head: number }
  | { type: 'client.refused'; room: string; problem: { code: string } }
  | { type: 'client.role'; room: string; role: Role }
  | { type: 'client.history'; room: string; messages: Message[]; more: boolean }
  | { type: 'client.members'; room: string; members: Member[] }
  | { type: 'client.bans'; room: string; bans: Ban[] }
  | { type: 'client.time'; room: string; now: number };

export type StateEvent = Hello | LoggedEvent | EphemeralEvent | ClientEvent;

// Outbox

/** A message that is not in its room's log yet. `problem` is the code of the refusal, `offset` that of the reply. */
export interface Entry {
  key: string;
  room: string;
  text: string;
  at: string;
  order: number;
  state: 'pending' | 'sent' | 'failed';
  mentions?: string[];
  everyone?: boolean;
  thread?: number;
  also?: boolean;
  offset?: number;
  problem?: string;
  holder?: string;
}

/** What goes with the text of a message: user ids that it mentions, whether it mentions everyone, and the message to which it replies. */
export type PostOptions = Pick<Entry, 'mentions' | 'everyone' | 'thread' | 'also'>;

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

/** A row of the timeline that shows a message; `connected` is whether a pending one is being sent. */
export interface MessageRow {
  message: Partial<Entry> & Partial<Message> & { by: User; at: string; text: string };
  first: boolean;
  state: Entry['state'];
  mine: boolean;
  connected: boolean;
}
