/**
 * Sign-in with an OpenID Connect provider: the authorization code flow with PKCE (RFC 7636), as a public client. Tokens are kept in memory
 * only; after a reload the provider is asked again, silently. Session storage holds state, nonce and verifier while the person is at the
 * provider.
 */
import { sessionData } from './storage.js';

const PENDING = 'sign-in.pending';
const SIGNED_IN = 'sign-in.known';
/** An access token that expires sooner than this is refreshed first. */
const MARGIN = 30_000;
const ANSWER_WITHIN = 15_000;

/** `reason` is `insecure`, `foreign`, `error` (with the provider's code as `detail`), `code`, `identity`, `issuer` or `unreachable`. */
export class SignInFailed extends Error {
  constructor(reason, detail = '') {
    super(detail ? `${reason}: ${detail}` : reason);
    this.reason = reason;
    this.detail = detail;
  }
}

export class SignIn {
  #issuer;
  #clientId;
  #scopes;
  /** @type {any} */
  #tokens = null;
  /** @type {Promise<void> | null} */
  #refreshing = null;

  constructor({ issuer, clientId, scopes }) {
    this.#issuer = issuer;
    this.#clientId = clientId;
    this.#scopes = scopes;
  }

  /** The name of the person who is signed in, or null. */
  get name() {
    return this.#tokens?.name ?? null;
  }

  /** Goes to the provider. With `silent` the provider shows no page; without a session there, the person comes back signed out. */
  async begin({ silent = false } = {}) {
    if (!crypto.subtle) throw new SignInFailed('insecure');
    const { authorization_endpoint } = await this.#metadata();
    const [state, nonce, verifier] = [random(), random(), random()];
    sessionData.set(PENDING, JSON.stringify({ state, nonce, verifier, silent }));
    go(authorization_endpoint, {
      response_type: 'code',
      client_id: this.#clientId,
      redirect_uri: here(),
      scope: this.#scopes,
      state,
      nonce,
      code_challenge: await challenge(verifier),
      code_challenge_method: 'S256',
      ...(silent && { prompt: 'none' }),
    });
  }

  /**
   * To be called when the page opens. Handles the provider's answer in the URL, if there is one, and resolves to whether someone is signed
   * in. If someone was signed in before a reload, goes to the provider.
   */
  async resume() {
    const answer = new URLSearchParams(location.search);
    const pending = JSON.parse(sessionData.get(PENDING));
    sessionData.remove(PENDING);
    if (!answer.has('state')) {
      if (sessionData.get(SIGNED_IN)) await this.begin({ silent: true });
      return false;
    }
    history.replaceState(null, '', here());
    const mine = pending?.state === answer.get('state') && (!answer.has('iss') || answer.get('iss') === this.#issuer);
    if (!mine) throw new SignInFailed('foreign');
    if (answer.has('error')) return this.#refused(answer.get('error'), pending);
    await this.#redeem(answer.get('code'), pending);
    return true;
  }

  /** The access token, refreshed if it is about to expire; null if there is none. */
  async token() {
    if (this.#left() > MARGIN) return this.#tokens.access;
    if (this.#tokens?.refresh) await (this.#refreshing ??= this.#refresh().finally(() => (this.#refreshing = null)));
    return this.#left() > 0 ? this.#tokens.access : null;
  }

  /** Forgets the tokens and, if the provider supports it, signs out there too. */
  async signOut() {
    const hint = this.#tokens?.id;
    this.forget();
    const { end_session_endpoint } = await this.#metadata();
    if (!hint || !end_session_endpoint) return;
    go(end_session_endpoint, { id_token_hint: hint, client_id: this.#clientId, post_logout_redirect_uri: here() });
  }

  /** Forgets the tokens without signing out at the provider. */
  forget() {
    this.#tokens = null;
    sessionData.remove(SIGNED_IN);
  }

  #left() {
    return this.#tokens ? this.#tokens.expires - Date.now() : 0;
  }

  #refused(error, { silent }) {
    sessionData.remove(SIGNED_IN);
    if (silent || error === 'access_denied') return false;
    throw new SignInFailed('error', error);
  }

  async #redeem(code, { nonce, verifier }) {
    const answer = await this.#ask({ grant_type: 'authorization_code', code, redirect_uri: here(), code_verifier: verifier });
    if (!answer) throw new SignInFailed('code');
    const claims = claimsOf(answer.id_token);
    // OpenID Connect Core 3.1.3.7. TLS stands in for the signature: the token came directly from the provider.
    const audiences = [claims.aud].flat();
    const forThisPage = audiences.includes(this.#clientId) && (audiences.length === 1 || claims.azp === this.#clientId);
    const fresh = claims.nonce === nonce && claims.exp * 1000 > Date.now();
    if (claims.iss !== this.#issuer || !forThisPage || !fresh) {
      throw new SignInFailed('identity');
    }
    this.#take(answer);
    this.#tokens.name = claims.name ?? claims.preferred_username ?? claims.sub;
    sessionData.set(SIGNED_IN, 'yes');
  }

  async #refresh() {
    const answer = await this.#ask({ grant_type: 'refresh_token', refresh_token: this.#tokens.refresh });
    if (answer) this.#take(answer);
    else if (this.#tokens) this.#tokens.refresh = null;
  }

  #take({ access_token, refresh_token, expires_in, id_token }) {
    const before = this.#tokens;
    this.#tokens = {
      name: before?.name,
      access: access_token,
      refresh: refresh_token ?? before?.refresh,
      id: id_token ?? before?.id,
      expires: Date.now() + (expires_in ?? 300) * 1000,
    };
  }

  /** The provider's answer to this grant, or null if it refuses. */
  async #ask(grant) {
    const { token_endpoint } = await this.#metadata();
    const response = await reach(token_endpoint, { method: 'POST', body: new URLSearchParams({ ...grant, client_id: this.#clientId }) });
    return response.ok ? response.json() : null;
  }

  /** OpenID Connect Discovery 1.0 section 4. */
  async #metadata() {
    const response = await reach(`${this.#issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
    const metadata = response.ok ? await response.json() : {};
    if (metadata.issuer !== this.#issuer) throw new SignInFailed('issuer');
    return metadata;
  }
}

async function reach(address, options) {
  try {
    return await fetch(address, { ...options, credentials: 'omit', cache: 'no-store', signal: AbortSignal.timeout(ANSWER_WITHIN) });
  } catch {
    throw new SignInFailed('unreachable');
  }
}

function go(address, parameters) {
  const url = new URL(address);
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  location.assign(url);
}

/** This page's URL, as registered with the provider. */
function here() {
  return new URL('./', location.href).href;
}

function random() {
  return base64url(crypto.getRandomValues(new Uint8Array(32)));
}

async function challenge(verifier) {
  return base64url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))));
}

function base64url(bytes) {
  return btoa(String.fromCharCode(...bytes)).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
}

function claimsOf(token) {
  try {
    const payload = token.split('.')[1].replace(/-/g, '+').replace(/_/g, '/');
    return JSON.parse(new TextDecoder().decode(Uint8Array.from(atob(payload), (c) => c.charCodeAt(0))));
  } catch {
    return {};
  }
}
