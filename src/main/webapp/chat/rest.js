/**
 * The REST calls under `api/`: rooms, members, roles, bans and mutes. A refusal is a Problem with the protocol's code.
 * User ids go in the body or the query, never in the path: they are free text, and `..` would address another resource.
 * Tokens are never in a URL, and no cookie is sent.
 */
import { Problem } from './problem.js';

const ANSWER_WITHIN = 15_000;
/** A snapshot of some megabytes on a slow line. */
const TRANSFER_WITHIN = 60_000;
const PAGE = 100;
const MOST_PAGES = 10;
/** The room ids that the server accepts. */
const ROOM = /^[\w-]{1,64}$/;

export class Rest {
  #base;
  #identity;

  constructor(base, identity) {
    this.#base = base;
    this.#identity = identity;
  }

  /** The rooms that the caller may see, up to 1,000. */
  async rooms() {
    return (await this.#pages('rooms', 'rooms', (room) => room.id)).list;
  }

  /** A page of the person's rooms after the place `after`, as `{rooms, more, next}`. */
  async myRooms(after) {
    return this.#call('GET', `me/rooms?${query({ after, limit: String(PAGE) })}`);
  }

  /** A page of the rooms that the caller may join or read, whose names match, as `{rooms, more}`. */
  async browse(text, after) {
    return this.#call('GET', `rooms?${query({ limit: '50', ...(text && { query: text }), ...(after && { after }) })}`);
  }

  /** Changes what the person set for a room. */
  async setRoom(id, settings) {
    return this.#call('PATCH', `me/${room(id)}`, settings);
  }

  /** The person's drafts, as `{room, text}`. */
  async drafts() {
    return (await this.#call('GET', 'me/drafts')).drafts;
  }

  /** Saves the draft of a room; an empty text deletes it. With `keepalive` also while the page is being left. */
  async setDraft(id, text, keepalive = false) {
    return this.#call('PUT', `me/drafts/${room(id).slice('rooms/'.length)}`, { text }, keepalive);
  }

  /** People whose names match, as `{people, more}`. */
  async people(text, limit) {
    return this.#call('GET', `people?${query({ limit: String(limit), ...(text && { query: text }) })}`);
  }

  /** A page of the messages that these parameters find, as `{results, cursor, total, partial}`. */
  async search(parameters) {
    return this.#call('GET', `search?${query(parameters)}`);
  }

  async person(id) {
    return this.#call('GET', `people/one?${query({ id })}`);
  }

  async me() {
    return this.#call('GET', 'me');
  }

  async setMe(change) {
    return this.#call('PATCH', 'me', change);
  }

  /** Hides an announcement from the caller, on all devices. */
  async dismiss(announcement) {
    return this.#call('DELETE', `me/announcements/${encodeURIComponent(announcement)}`);
  }

  /** The ids of the people whom the caller blocks. */
  async blocks() {
    return (await this.#call('GET', 'me/blocks')).blocks.map(({ id }) => id);
  }

  async block(user, on) {
    return on ? this.#call('PUT', 'me/blocks', { user }) : this.#call('DELETE', `me/blocks?${query({ user })}`);
  }

  /** The direct room of the caller and these people. */
  async direct(users) {
    return this.#call('PUT', 'direct', { users });
  }

  /** A page of notifications before an id, newest first, as `{notifications, more, unread}`. */
  async notifications(limit, before) {
    return this.#call('GET', `me/notifications?${query({ limit: String(limit), ...(before && { before: String(before) }) })}`);
  }

  async readNotifications(upto) {
    return this.#call('POST', 'me/notifications/read', { upto });
  }

  /** The server's public key for Web Push, in base64url. */
  async pushKey() {
    return (await this.#call('GET', 'push-key')).key;
  }

  async setPush(subscription) {
    return this.#call('PUT', 'me/push', subscription);
  }

  async endPush(endpoint) {
    return this.#call('DELETE', `me/push?${query({ endpoint })}`);
  }

  async room(id) {
    return this.#call('GET', room(id));
  }

  create(room) {
    return this.#call('POST', 'rooms', room);
  }

  /** Up to 1,000 members of a room, those after the user `after`, as `{list, more}`. */
  async members(id, after) {
    return this.#pages(people(id, 'members'), 'members', (member) => member.user.id, after);
  }

  /** Changes the name, the topic or the retention of a room. */
  async changeRoom(id, change) {
    return this.#call('PATCH', room(id), change);
  }

  async close(id) {
    return this.#call('DELETE', room(id));
  }

  async giveRole(id, user, role) {
    return this.#call('PUT', people(id, 'members'), { user, role });
  }

  async remove(id, user) {
    return this.#call('DELETE', people(id, 'members', user));
  }

  /** Up to 1,000 bans of a room, those after the user `after`, as `{list, more}`: members with the role `banned`. */
  async bans(id, after) {
    const { list, more } = await this.#pages(people(id, 'bans'), 'bans', (ban) => ban.user.id, after);
    return { list: list.map((ban) => ({ ...ban, role: 'banned' })), more };
  }

  /** For this many seconds, or permanently with null. */
  async ban(id, user, seconds) {
    return this.#call('PUT', people(id, 'bans'), seconds === null ? { user } : { user, for: seconds });
  }

  async liftBan(id, user) {
    return this.#call('DELETE', people(id, 'bans', user));
  }

  /** For this many seconds. */
  async mute(id, user, seconds) {
    return this.#call('PUT', people(id, 'mutes'), { user, for: seconds });
  }

  async unmute(id, user) {
    return this.#call('DELETE', people(id, 'mutes', user));
  }

  /** One message of a room. */
  async message(id, offset) {
    return this.#call('GET', `${room(id)}/messages/${Number(offset)}`);
  }

  /** A request of the documents of a room, or with a path of one. */
  async documents(method, id, path = '', body = undefined) {
    return this.#call(method, `${room(id)}/documents${path}`, body);
  }

  /** Stores a snapshot of a document. */
  async storeSnapshot(id, document, version, snapshot) {
    await this.raw('PUT', snapshotOf(id, document, version), { headers: { 'Content-Type': 'application/octet-stream' }, body: snapshot, signal: AbortSignal.timeout(TRANSFER_WITHIN) });
  }

  /** The snapshot of a version of a document, as bytes. */
  async snapshot(id, document, version) {
    const response = await this.raw('GET', snapshotOf(id, document, version), { signal: AbortSignal.timeout(TRANSFER_WITHIN) });
    try {
      return new Uint8Array(await response.arrayBuffer());
    } catch {
      throw unreachable();
    }
  }

  /** The starts and ends of calls in a room after an offset, among the next 1,000 events. */
  async calls(id, after) {
    return (await this.#call('GET', `${room(id)}/calls?${query({ after: String(after) })}`)).calls;
  }

  /** An invitation to the conference of a room on another server, as `{url, expires}`. */
  async conference(id) {
    return this.#call('POST', `${room(id)}/conference`);
  }

  /** Credentials for the TURN server that relays calls. */
  async turn() {
    return this.#call('GET', 'turn');
  }

  /** Reports a message to the moderators of its room. */
  async report(id, offset, reason, note) {
    return this.#call('POST', `${room(id)}/messages/${Number(offset)}/report`, { reason, ...(note && { note }) });
  }

  /** The texts that a message had, oldest first, as `{at, text}`. */
  async versions(id, offset) {
    return this.#call('GET', `${room(id)}/messages/${Number(offset)}/versions`);
  }

  /** Whether the server refuses this token. Null if the server can't be reached, or can't say now. */
  async refuses(token) {
    try {
      const { status, ok } = await this.#fetch('GET', 'rooms?limit=1', undefined, token);
      return status === 401 || (ok ? false : null);
    } catch {
      return null;
    }
  }

  async #pages(path, field, idOf, after) {
    /** @type {any[]} */
    const list = [];
    let more = true;
    for (let page = 0; more && page < MOST_PAGES; page++) {
      const from = list.length ? idOf(list.at(-1)) : after;
      const answer = await this.#call('GET', `${path}?${query({ limit: String(PAGE), ...(from !== undefined && { after: from }) })}`);
      list.push(...answer[field]);
      more = Boolean(answer.more) && answer[field].length > 0;
    }
    return { list, more };
  }

  /**
   * The response to a request of bytes or of headers, once it is no refusal.
   *
   * @param {string} method
   * @param {string} path
   * @param {RequestInit} [options]
   */
  async raw(method, path, { headers = {}, ...more } = {}) {
    const send = async (token) => {
      if (token === null) throw new Problem({ code: 'unauthorized', message: 'Nobody is signed in' });
      try {
        return await fetch(new URL(path, this.#base), { method, headers: { Authorization: `Bearer ${token}`, ...headers }, credentials: 'omit', ...more });
      } catch {
        throw unreachable();
      }
    };
    let response = await send(await this.#identity.current());
    if (response.status === 401) response = await send(await this.#identity.fresh());
    if (!response.ok) throw refusal(response, await response.json().catch(() => ({})));
    return response;
  }

  /** The address of a page of the server. */
  page(path) {
    return new URL(`../${path}`, this.#base).href;
  }

  /** Where a path is, and the token for a request of it. */
  async address(path) {
    return { url: new URL(path, this.#base).href, token: await this.#identity.current() };
  }

  async #call(method, path, body, keepalive = false) {
    let response = await this.#fetch(method, path, body, await this.#identity.current(), keepalive);
    if (response.status === 401) response = await this.#fetch(method, path, body, await this.#identity.fresh(), keepalive);
    const answer = await response.json().catch(() => ({}));
    if (!response.ok) throw refusal(response, answer);
    return answer;
  }

  async #fetch(method, path, body, token, keepalive = false) {
    if (token === null) throw new Problem({ code: 'unauthorized', message: 'Nobody is signed in' });
    try {
      return await fetch(new URL(path, this.#base), {
        method,
        headers: { Authorization: `Bearer ${token}`, Accept: 'application/json', ...(body && { 'Content-Type': 'application/json' }) },
        body: body && JSON.stringify(body),
        credentials: 'omit',
        cache: 'no-store',
        keepalive,
        signal: AbortSignal.timeout(ANSWER_WITHIN),
      });
    } catch {
      throw unreachable();
    }
  }
}

/** Refuses ids that the server wouldn't accept: `.` and `..` change the path even when encoded. */
function room(id) {
  if (!ROOM.test(id)) throw new Problem({ code: 'not_found', message: "This room doesn't exist" });
  return `rooms/${id}`;
}

function snapshotOf(id, document, version) {
  return `${room(id)}/documents/${encodeURIComponent(document)}/snapshot?${query({ version: String(version) })}`;
}

function unreachable() {
  return new Problem({ code: 'unavailable', message: "Can't reach the server", temporary: true });
}

function query(fields) {
  return new URLSearchParams(fields);
}

function people(id, which, user) {
  return `${room(id)}/${which}${user === undefined ? '' : `?${new URLSearchParams({ user })}`}`;
}

function refusal(response, { code, detail, title }) {
  const seconds = Number(response.headers.get('Retry-After'));
  return new Problem({
    code: code ?? (response.status === 401 ? 'unauthorized' : 'internal'),
    message: detail ?? title,
    temporary: response.status === 429 || response.status === 503,
    retryAfter: seconds > 0 ? seconds * 1000 : undefined,
  });
}
