/** What a reload shows of a room's log: a second implementation of the contract, for tests to compare the client's fold with. */
const MOST = 10;

/**
 * The messages as of position `upto`, for a reader.
 *
 * @param {any[]} log
 * @param {{ upto?: number, me?: string }} [options]
 */
export function project(log, { upto = Infinity, me = 'alice' } = {}) {
  const all = new Map();
  for (const event of log) if (event.offset <= upto) step(all, event);
  return [...all.values()].map((one) => shown(one, [...all.values()], me));
}

export const ofRoom = (messages) => messages.filter(({ thread, also }) => !thread || also);
export const ofThread = (messages, root) => messages.filter(({ thread }) => thread === root);

/** The log after a deletion: what was written is gone, the offsets stay. */
export function redacted(log, message) {
  return log.map((event) => {
    if (event.type === 'message.posted' && event.offset === message) return { ...without(event, 'text', 'mentions', 'everyone'), deleted: true };
    if (event.type === 'message.edited' && event.message === message) return { ...without(event, 'text', 'mentions', 'previews'), deleted: true };
    if (event.type === 'message.previewed' && event.message === message) return without(event, 'previews');
    return event;
  });
}

function step(all, event) {
  if (event.type === 'message.posted') {
    const { offset, by, at, text, key, thread, also, deleted } = event;
    all.set(offset, { offset, by, at, text, key, thread, also, deleted: Boolean(deleted), pinned: false, edited: null, reactions: [] });
    return;
  }
  const message = all.get(event.message);
  if (!message) return;
  const { type, emoji, by } = event;
  if (type === 'message.edited' && !event.deleted) Object.assign(message, { text: event.text, edited: event.at, previews: event.previews });
  if (type === 'message.previewed') message.previews = event.previews;
  if (type === 'message.deleted') Object.assign(message, { deleted: true });
  if (type === 'message.pinned') message.pinned = true;
  if (type === 'message.unpinned') message.pinned = false;
  if (type === 'reaction.added') message.reactions.push([emoji, by.id]);
  if (type === 'reaction.removed') message.reactions = message.reactions.filter(([one, id]) => one !== emoji || id !== by.id);
}

function shown({ offset, by, at, text, key, thread, also, deleted, pinned, edited, previews, reactions }, all, me) {
  const replies = all.filter((one) => one.thread === offset && !one.deleted);
  const message = { offset, by, at, key };
  if (!deleted) message.text = text;
  if (thread) message.thread = thread;
  if (also) message.also = true;
  if (edited && !deleted) message.edited = edited;
  if (deleted) message.deleted = true;
  if (previews?.length && !deleted) message.previews = previews;
  if (pinned && !deleted) message.pinned = true;
  if (reactions.length && !deleted) message.reactions = byEmoji(reactions, me);
  if (replies.length) message.replies = { count: replies.length, last: replies.at(-1).at, by: [...new Set(replies.map((one) => one.by.id))].slice(0, MOST) };
  return message;
}

function byEmoji(reactions, me) {
  const groups = new Map();
  for (const [emoji, id] of reactions) groups.set(emoji, [...(groups.get(emoji) ?? []), id]);
  return Object.fromEntries([...groups].map(([emoji, ids]) => [emoji, { count: ids.length, by: ids.slice(0, MOST), ...(ids.includes(me) && { mine: true }) }]));
}

function without(event, ...names) {
  return Object.fromEntries(Object.entries(event).filter(([name]) => !names.includes(name)));
}
