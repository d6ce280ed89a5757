/**
 * The management calls under `api/`: rooms, their members, and who may do what there. A refusal is a Problem whose code is the protocol's.
 * It must never put a token in a URL, nor send a cookie.
 */
import { Problem } from './problem.js';

const ANSWER_WITHIN = 15_000;
const PAGE = 100;
const MOST_PAGES = 10;

export class Rest {
  #base;
  #identity;

  constructor(base, identity) {
    this.#base = base;
    this.#identity = identity;
  }

  /** Every room that the caller may see, up to 1,000. */
  rooms() {
    return this.#pages('rooms', 'rooms', (room) => room.id);
  }

  room(id) {
    return this.#call('GET', room(id));
  }

  create(room) {
    return this.#call('POST', 'rooms', room);
  }

  /** Members of a room, up to 1,000. */
  members(id) {
    return this.#pages(`${room(id)}/members`, 'members', (member) => member.user.id);
  }

  close(id) {
    return this.#call('DELETE', room(id));
  }

  giveRole(id, user, role) {
    return this.#call('PUT', person(id, 'members', user), { role });
  }

  remove(id, user) {
    return this.#call('DELETE', person(id, 'members', user));
  }

  /** Bans of a room, up to 1,000, as members of the role `banned`. */
  async bans(id) {
    const bans = await this.#pages(`${room(id)}/bans`, 'bans', (ban) => ban.user.id);
    return bans.map((ban) => ({ ...ban, role: 'banned' }));
  }

  /** `until` is a time, or null for good. */
  ban(id, user, until) {
    return this.#call('PUT', person(id, 'bans', user), until ? { until } : {});
  }

  liftBan(id, user) {
    return this.#call('DELETE', person(id, 'bans', user));
  }

  mute(id, user, until) {
    return this.#call('PUT', person(id, 'mutes', user), { until });
  }

  unmute(id, user) {
    return this.#call('DELETE', person(id, 'mutes', user));
  }

  /** Whether the server refuses this very token; an unreachable server refuses nobody. */
  async refuses(token) {
    try {
      return (await this.#fetch('GET', 'rooms?limit=1', undefined, token)).status === 401;
    } catch {
      return false;
    }
  }

  async #pages(path, field, idOf) {
    const all = [];
    for (let page = 0; page < MOST_PAGES; page++) {
      const after = all.length ? `&after=${encodeURIComponent(idOf(all.at(-1)))}` : '';
      const answer = await this.#call('GET', `${path}?limit=${PAGE}${after}`);
      all.push(...answer[field]);
      if (!answer.more || answer[field].length === 0) break;
    }
    return all;
  }

  async #call(method, path, body) {
    let response = await this.#fetch(method, path, body, await this.#identity.current());
    if (response.status === 401) response = await this.#fetch(method, path, body, await this.#identity.fresh());
    const answer = await response.json().catch(() => ({}));
    if (!response.ok) throw refusal(response, answer);
    return answer;
  }

  async #fetch(method, path, body, token) {
    try {
      return await fetch(new URL(path, this.#base), {
        method,
        headers: { Authorization: `Bearer ${token}`, Accept: 'application/json', ...(body && { 'Content-Type': 'application/json' }) },
        body: body && JSON.stringify(body),
        credentials: 'omit',
        cache: 'no-store',
        signal: AbortSignal.timeout(ANSWER_WITHIN),
      });
    } catch {
      throw new Problem({ code: 'unavailable', message: 'The server cannot be reached', temporary: true });
    }
  }
}

function room(id) {
  return `rooms/${encodeURIComponent(id)}`;
}

function person(id, where, user) {
  return `${room(id)}/${where}/${encodeURIComponent(user)}`;
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
