/** The requests of the sections, below `api/administration/`. A refusal is a Problem with the protocol's code. */
import { Rest } from '../chat/rest.js';
import { Identity } from '../chat/token/identity.js';

/** Tasks such as a rebuild take longer than a page of a list. */
const ANSWER_WITHIN = 60_000;
const MOST_PARTS = 10;

export class Server {
  #rest;

  /** @param {() => Promise<string | null>} token of the person who is signed in */
  constructor(token) {
    this.#rest = new Rest(new URL('../api/', import.meta.url).href, new Identity(token));
  }

  /** @param {string} path @param {Record<string, any>} [query] fields that are undefined, null or empty are left out */
  get(path, query = {}) {
    return this.#answer('GET', address(path, query));
  }

  post(path, body = undefined) {
    return this.#answer('POST', address(path), body);
  }

  put(path, body) {
    return this.#answer('PUT', address(path), body);
  }

  patch(path, body) {
    return this.#answer('PATCH', address(path), body);
  }

  /** @param {string} path @param {Record<string, any>} [query] */
  del(path, query = {}) {
    return this.#answer('DELETE', address(path, query));
  }

  /** Puts the bytes of a file. @param {string} path @param {Blob} blob */
  async upload(path, blob) {
    return (await this.#send('PUT', address(path), blob)).json();
  }

  /** The bytes of an answer. @param {string} path */
  async blob(path) {
    return (await this.#send('GET', address(path))).blob();
  }

  /** Saves an answer as a file of the person. If the server sends it in parts, up to `MOST_PARTS` of them. */
  async save(path, query, fileName) {
    const parts = [];
    for (let next = address(path, query); next && parts.length < MOST_PARTS; ) {
      const response = await this.#send('GET', next);
      parts.push(await response.blob());
      // Only the place in the list is taken from the address of the next part.
      const before = /[?&]before=([\w-]+)[^>]*>;\s*rel="next"/.exec(response.headers.get('Link') ?? '')?.[1];
      next = before ? address(path, { ...query, before }) : '';
    }
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob(parts));
    link.download = fileName;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  async #answer(method, path, body) {
    const response = await this.#send(method, path, body);
    return response.status === 204 ? {} : response.json();
  }

  #send(method, path, body) {
    const bytes = body instanceof Blob;
    return this.#rest.raw(method, path, {
      headers: { Accept: 'application/json, */*;q=0.5', ...(body !== undefined && { 'Content-Type': bytes ? 'application/octet-stream' : 'application/json' }) },
      ...(body !== undefined && { body: bytes ? body : JSON.stringify(body) }),
      cache: 'no-store',
      signal: AbortSignal.timeout(ANSWER_WITHIN),
    });
  }
}

/** Parts of a path that others named, such as an id, go through `part`. */
export const part = (text) => encodeURIComponent(text);

function address(path, query = {}) {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== '');
  const parameters = new URLSearchParams(given.map(([name, value]) => [name, String(value)]));
  return `${path.startsWith('../') ? path.slice(3) : `administration/${path}`}${given.length ? `?${parameters}` : ''}`;
}
