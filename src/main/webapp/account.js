/**
 * Who is signed in to a page of Parley, with the configured provider or with the development issuer. The portal and the administration page
 * share it. A session of the development issuer is in session storage, so that a reload stays signed in.
 */
import { SignIn, SignInFailed } from './sign-in.js';
import { sessionData } from './storage.js';

/** A token that expires sooner than this is replaced. */
const MARGIN = 30_000;

/** The development issuer refused; `status` is that of its answer. */
class SignInRefused extends Error {
  constructor(status) {
    super(`The sign-in was refused with status ${status}`);
    this.status = status;
  }
}

export class Account {
  #key;
  #server;
  #groups;
  /** How people sign in here: the provider, or null for the development issuer. @type {SignIn | null} */
  #provider = null;

  /**
   * @param {object} page
   * @param {string} page.key of the session storage
   * @param {string} [page.server] the path from the page to the server's root, with a slash at its end
   * @param {string[]} [page.groups] the groups that the development issuer gives
   */
  constructor({ key, server = '', groups }) {
    this.#key = key;
    this.#server = server;
    this.#groups = groups;
  }

  /** Asks the server how people sign in: `{development, oidc, language}`. */
  async ask() {
    const response = await fetch(`${this.#server}sign-in`, { credentials: 'omit' });
    const ways = await response.json();
    this.#provider = ways.oidc ? new SignIn(ways.oidc) : null;
    return ways;
  }

  /** Takes the answer of the provider, if the person comes back from there. */
  async resume() {
    await this.#provider?.resume();
  }

  /** The name of the person who is signed in, or null. @type {string | null} */
  get name() {
    return this.#provider ? this.#provider.name : (this.#stored?.user ?? null);
  }

  /** A token that does not expire soon; null if nobody is signed in. */
  async token() {
    if (this.#provider) return this.#provider.token();
    const session = this.#stored;
    if (!session) return null;
    return (session.until - Date.now() > MARGIN ? session : await this.#issue(session.user)).token;
  }

  /** Goes to the provider, or signs in with this name. */
  async signIn(user) {
    await (this.#provider ? this.#provider.begin() : this.#issue(user));
  }

  /** Forgets the person here. */
  forget() {
    sessionData.remove(this.#key);
    this.#provider?.forget();
  }

  /** Forgets the person here and at the provider. */
  async signOut() {
    sessionData.remove(this.#key);
    await this.#provider?.signOut();
  }

  get #stored() {
    return JSON.parse(sessionData.get(this.#key) ?? 'null');
  }

  async #issue(user) {
    const response = await fetch(`${this.#server}dev/token`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ user, ...(this.#groups && { groups: this.#groups }) }),
      credentials: 'omit',
    });
    if (!response.ok) throw new SignInRefused(response.status);
    const { token, expiresIn } = await response.json();
    const session = { user, token, until: Date.now() + expiresIn };
    sessionData.set(this.#key, JSON.stringify(session));
    return session;
  }
}

/** A failed sign-in in the words of a page. */
export function inWords(problem, words) {
  if (problem instanceof SignInFailed) return words.provider[problem.reason](problem.detail);
  if (problem instanceof SignInRefused) return words.refused[problem.status] ?? words.failed(problem.status);
  return words.unreachable;
}
