/**
 * Web Push to this browser while no page is open. The worker is registered when the person turns it on, never before. It needs a page of the
 * server's own origin and a policy of the page that lets scripts register workers.
 */
import { pushWorker } from '../place.js';
import { strings } from '../strings.js';

export class Push {
  #notices;
  #page;

  /** `notices()` is the session's Notices. The rest is for tests. */
  constructor(notices, page = globalThis) {
    this.#notices = notices;
    this.#page = page;
  }

  /** Whether this page and this browser can do it. */
  get possible() {
    return Boolean(serviceWorkers(this.#page) && 'PushManager' in this.#page && pushWorker()?.origin === this.#page.location.origin);
  }

  /** The registered worker, if there is one. */
  async registration() {
    return this.possible ? serviceWorkers(this.#page)?.getRegistration(new URL('.', workerAddress(this.#page))) : undefined;
  }

  async isOn() {
    return Boolean(await (await this.registration())?.pushManager.getSubscription());
  }

  /** Subscribes this browser. Rejects if the person, the browser or the server refuses. */
  async turnOn() {
    const key = await this.#notices().pushKey();
    const registration = await /** @type {ServiceWorkerContainer} */ (serviceWorkers(this.#page)).register(workerAddress(this.#page));
    await activated(registration);
    const subscription = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytesOf(key) });
    const { endpoint, keys } = subscription.toJSON();
    try {
      await this.#notices().pushTo({ endpoint, keys });
    } catch (problem) {
      await subscription.unsubscribe();
      throw problem;
    }
  }

  /** Ends the subscription, here and on the server. */
  async turnOff() {
    const registration = await this.registration();
    const subscription = await registration?.pushManager.getSubscription();
    if (subscription) {
      await this.#notices().endPush(subscription.endpoint);
      await subscription.unsubscribe();
    }
    await registration?.unregister();
  }
}

/** Resolves when the worker is active: until then the browser refuses to subscribe. Rejects if the worker failed. */
async function activated({ active, waiting, installing }) {
  const worker = installing ?? waiting;
  if (active || !worker) return;
  await new Promise((resolve, reject) => {
    worker.addEventListener('statechange', () => {
      if (worker.state === 'activated') resolve(undefined);
      else if (worker.state === 'redundant') reject(new Error('The service worker failed'));
    });
  });
}

/** Undefined where the page may not have one: a sandboxed page gets an error for asking. */
export function serviceWorkers(page = globalThis) {
  try {
    return page.navigator?.serviceWorker;
  } catch {
    return undefined;
  }
}

/** The worker, with the page that it opens and its words. */
function workerAddress({ location }) {
  const address = /** @type {URL} */ (pushWorker());
  address.search = String(new URLSearchParams({ page: location.pathname + location.search, words: JSON.stringify(strings.notices.bodies) }));
  return address;
}

/** The bytes of a text in base64url. */
export function bytesOf(text) {
  const binary = atob(text.replace(/-/g, '+').replace(/_/g, '/'));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}
