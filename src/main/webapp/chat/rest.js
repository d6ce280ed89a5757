/**
 * The management calls under `api/`: rooms and their members. A refusal is a Problem whose code is the protocol's.
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
    return this.#call('GET', `rooms/${encodeURIComponent(id)}`);
  }

  create(room) {
    return this.#call('POST', 'rooms', room);
  }

  /** Members of a room, up to 1,000. */
  members(id) {
    return this.#pages(`rooms/${encodeURIComponent(id)}/members`, 'members', (member) => member.user.id);
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

function refusal(response, { code, detail, title }) {
  const seconds = Number(response.headers.get('Retry-After'));
  return new Problem({
    code: code ?? (response.status === 401 ? 'unauthorized' : 'internal'),
    message: detail ?? title,
    temporary: response.status === 429 || response.status === 503,
    retryAfter: seconds > 0 ? seconds * 1000 : undefined,
  });
}
