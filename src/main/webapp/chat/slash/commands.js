/**
 * The commands that a person can type after a slash: those of bots, and the ones that the page carries out itself.
 */
import { moderates } from '../authority.js';
import { openRoom } from '../store.js';
import { slashWords } from './words.js';

const LINE = /^\/([a-z][a-z0-9_-]{0,31})(?:\s+([\s\S]*))?$/;
const LENGTH = /\s+(\d{1,4})\s*([mhd])$/i;
const SECONDS = { m: 60, h: 3_600, d: 86_400 };
const USUAL_MUTE = 3_600;

/** The name and the rest of a line such as `/deploy 1.4`, or null. @param {string} text */
export function parsed(text) {
  const [, name, rest = ''] = LINE.exec(text) ?? [];
  return name ? { name, rest: rest.trim() } : null;
}

/** What the page itself offers in a room of a server with these features: `{name, description, hint}`. */
export function builtIn(room, features = /** @type {string[]} */ ([])) {
  const words = slashWords().builtIn;
  const reminds = features.includes('schedule') && features.includes('notifications');
  const names = ['me', ...(reminds ? ['remind'] : []), ...(room?.kind !== 'direct' && moderates(room?.role) ? [...(room.role === 'owner' ? ['topic'] : []), 'invite', 'mute'] : [])];
  return names.map((name) => ({ name, ...words[name] }));
}

/** Everything that the open room offers, by name. @param {any} session */
export async function offered(session) {
  const room = openRoom(session.state);
  if (!room) return [];
  return [...builtIn(room, session.state.features), ...(await session.slash.offered(room.id))].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/**
 * Carries out a line that begins with a slash. Resolves to `{done, said?}`: whether it was a command, and what to tell the person.
 * Rejects with a Problem if it is refused. `post(text)` posts a message, `people` are those whom the line may name, and `remind()` asks what
 * to remind the person of.
 *
 * @param {any} session
 * @param {string} text
 * @param {{ post: (text: string) => void, people: { id: string, name?: string }[], remind: () => void }} with
 */
export async function carryOut(session, text, { post, people, remind }) {
  const line = parsed(text);
  const room = openRoom(session.state);
  if (!line || !room) return { done: false };
  const { name, rest } = line;
  if (builtIn(room, session.state.features).some((one) => one.name === name)) return { done: true, ...(await ACTS[name]({ session, room, rest, post, people, remind })) };
  const known = (await session.slash.offered(room.id)).find((one) => one.name === name);
  if (!known) return { done: false };
  await session.slash.run(room.id, name, rest);
  return { done: true, said: slashWords().sent(known.by.name) };
}

const ACTS = {
  me: async ({ rest, post }) => {
    if (!rest) return usage('me');
    post(`_${rest}_`);
    return {};
  },
  remind: async ({ session, room, rest, remind }) => {
    if (rest) return (await import('../schedules.js')).remindOf(session.rest, room.id, rest);
    remind();
    return {};
  },
  topic: async ({ session, room, rest }) => {
    await session.changeRoom(room.id, { topic: rest });
    return {};
  },
  invite: async ({ session, room, rest, people }) => {
    const person = named(rest, people);
    if (!person) return usage('invite');
    await session.moderation(room.id).giveRole(person.id, 'member');
    return { said: slashWords().invited(person.name ?? person.id) };
  },
  mute: async ({ session, room, rest, people }) => {
    const [, count, unit = 'h'] = LENGTH.exec(rest) ?? [];
    const person = named(rest.replace(LENGTH, ''), people);
    if (!person) return usage('mute');
    await session.moderation(room.id).mute(person.id, count ? Number(count) * SECONDS[unit.toLowerCase()] : USUAL_MUTE);
    return { said: slashWords().muted(person.name ?? person.id) };
  },
};

function usage(name) {
  return { said: slashWords().usage(`/${name} ${slashWords().builtIn[name].hint}`), again: true };
}

/** The person of a text such as `@Bob`: by name if only one has it, otherwise by id. */
function named(text, people) {
  const asked = text.replace(/^@/, '').trim();
  if (!asked) return null;
  const same = people.filter(({ name }) => name?.toLowerCase() === asked.toLowerCase());
  return same.length === 1 ? same[0] : people.find(({ id }) => id === asked) ?? (same.length ? null : { id: asked });
}
