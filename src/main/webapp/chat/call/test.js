/**
 * Which ways to the TURN server the network lets through. Each address is tried by itself, with connections that may use nothing but the
 * relay: an address that gives a relay is open.
 */

/** The ways in the order of their quality. */
export const LEGS = /** @type {const} */ (['udp', 'tcp', 'tls']);
/** A way that gives no relay within this time is blocked, in milliseconds. */
export const RELAY_WITHIN = 8_000;
/** Codes of the TURN server (RFC 8656) that refuse the credentials. */
const REFUSED = [401, 403, 438, 441];

/** @typedef {{ state: 'waiting' | 'open' | 'blocked' | 'refused' | 'absent', milliseconds?: number }} Result */

/**
 * The way that an address takes: `turn:host` over UDP, with `?transport=tcp` over TCP, and `turns:host` over TLS. Null for addresses that
 * relay nothing.
 *
 * @param {string} url
 */
export function legOf(url) {
  const [scheme] = url.split(':');
  const transport = new URLSearchParams(url.split('?')[1] ?? '').get('transport');
  if (scheme === 'turns') return 'tls';
  if (scheme !== 'turn') return null;
  return transport === 'tcp' ? 'tcp' : 'udp';
}

/**
 * Tests all ways at the same time. A way with several addresses is open if one of them is.
 *
 * @param {import('./turn.js').Credentials} credentials
 * @param {{ connect: (configuration: any) => any, changed: (results: Record<string, Result>) => void, now?: () => number }} options `changed`
 *   is called with each result
 */
export async function testLegs({ urls, username, credential }, { connect, changed, now = () => performance.now() }) {
  const of = Object.fromEntries(LEGS.map((leg) => [leg, urls.filter((url) => legOf(url) === leg)]));
  /** @type {Record<string, Result>} */
  const results = Object.fromEntries(LEGS.map((leg) => [leg, { state: of[leg].length ? 'waiting' : 'absent' }]));
  changed({ ...results });
  await Promise.all(LEGS.filter((leg) => of[leg].length).map(async (leg) => {
    const tried = await Promise.all(of[leg].map((url) => relays({ urls: [url], username, credential }, connect, now)));
    results[leg] = tried.find(({ state }) => state === 'open') ?? tried.find(({ state }) => state === 'refused') ?? tried[0];
    changed({ ...results });
  }));
  return results;
}

/**
 * What the results mean: a name of a sentence, and the ways that are blocked.
 *
 * @param {Record<string, Result>} results
 */
export function verdict(results) {
  const found = (state) => LEGS.filter((leg) => results[leg].state === state);
  const [open, blocked, refused] = ['open', 'blocked', 'refused'].map(found);
  if (open.length) return { name: blocked.includes('udp') ? 'slower' : 'fine', blocked };
  return { name: refused.length ? 'refused' : 'none', blocked };
}

/** @returns {Promise<Result>} */
function relays(server, connect, now) {
  const from = now();
  const connection = connect({ iceServers: [server], iceTransportPolicy: 'relay' });
  return new Promise((resolve) => {
    let refused = false;
    const ends = (state) => {
      clearTimeout(timer);
      connection.close();
      resolve(state === 'open' ? { state, milliseconds: Math.round(now() - from) } : { state: refused ? 'refused' : state });
    };
    const timer = setTimeout(() => ends('blocked'), RELAY_WITHIN);
    connection.addEventListener('icecandidate', ({ candidate }) => {
      if (candidate === null) ends('blocked');
      else if (/ typ relay /.test(candidate.candidate)) ends('open');
    });
    connection.addEventListener('icecandidateerror', ({ errorCode }) => (refused ||= REFUSED.includes(errorCode)));
    connection.createDataChannel('test');
    connection.setLocalDescription().catch(() => ends('blocked'));
  });
}
