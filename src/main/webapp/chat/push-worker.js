/**
 * The service worker that shows pushed notifications while no page is open. It answers no requests, and caches only which notifications it
 * has shown lately: the server pushes a notification again if it was killed before it noted the first time, and the person may have closed
 * it by then.
 *
 * A push is `{"id","room","offset"?,"why","by":{"id","name"},"text"?}`, or `{"withdraw":[ids]}`. Its own address has what it needs of the page:
 * `page`, the path that a click opens, and `words`, the text of a notification by its reason.
 */
const worker = /** @type {any} */ (self);
const own = new URL(worker.location.href);
const page = new URL(own.searchParams.get('page') ?? '/', own.origin);
const words = wordsOf(own.searchParams.get('words'));

const SHOWN = 'parley-shown';
const MOST_REMEMBERED = 500;
/** The push before: one at a time, so that two pushes of one notification don't miss each other. */
let before = Promise.resolve();

worker.addEventListener('install', () => worker.skipWaiting());
worker.addEventListener('push', (event) => event.waitUntil((before = before.then(() => pushed(event.data), () => pushed(event.data)))));
worker.addEventListener('notificationclick', (event) => event.waitUntil(clicked(event.notification)));

async function pushed(data) {
  const push = dataOf(data);
  if (!push) return;
  if (Array.isArray(push.withdraw)) return withdraw(push.withdraw);
  const { id, room, offset, why, by, text } = push;
  if (id === undefined || typeof room !== 'string') return;
  const shown = await shownBefore();
  const key = new URL(`./shown/${encodeURIComponent(id)}/${encodeURIComponent(room)}`, own).href;
  if (await shown?.match(key)) return;
  await worker.registration.showNotification(by?.name || by?.id || '', { body: text || words[why] || '', tag: String(id), data: { room, offset }, icon: new URL('../favicon.svg', own).href });
  await remember(shown, key);
}

/** What was shown, or undefined where the browser stores nothing: then the tag alone makes a repetition replace the first one. */
async function shownBefore() {
  try {
    return await worker.caches.open(SHOWN);
  } catch {
    return undefined;
  }
}

async function remember(shown, key) {
  try {
    await shown?.put(key, new worker.Response());
    const keys = (await shown?.keys()) ?? [];
    await Promise.all(keys.slice(0, Math.max(0, keys.length - MOST_REMEMBERED)).map((oldest) => shown.delete(oldest)));
  } catch {
    // The storage is full: a repetition shows again.
  }
}

async function withdraw(ids) {
  const all = await Promise.all(ids.map((id) => worker.registration.getNotifications({ tag: String(id) })));
  for (const shown of all.flat()) shown.close();
}

/** Shows the message in a page that is open, or opens one. */
async function clicked(notification) {
  notification.close();
  const { room, offset } = notification.data ?? {};
  const link = `#/${encodeURIComponent(room ?? '')}/${Number(offset) || ''}`;
  const open = (await worker.clients.matchAll({ type: 'window', includeUncontrolled: true })).find(({ url }) => new URL(url).pathname === page.pathname);
  if (!open) return worker.clients.openWindow(page.origin === own.origin ? page.pathname + page.search + link : `/${link}`);
  open.postMessage({ parley: 'open', room, offset });
  return open.focus();
}

function dataOf(data) {
  try {
    const push = data?.json();
    return push !== null && typeof push === 'object' ? push : null;
  } catch {
    return null;
  }
}

function wordsOf(text) {
  try {
    return JSON.parse(text ?? '{}') ?? {};
  } catch {
    return {};
  }
}
