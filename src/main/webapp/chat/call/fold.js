/** What a room shows of its calls, as a fold: the one that is on, and the lines of earlier ones in the conversation. */

/** Lines that are kept for a room. Beyond that the oldest are dropped. */
export const MOST_LINES = 200;

/**
 * The room after the start or the end of a call.
 *
 * @template {import('../types.d.ts').Room} R
 * @param {R} room
 * @param {import('../types.d.ts').CallEvent & { received?: number }} event
 * @returns {R}
 */
export function callLogged(room, { received: _, ...event }) {
  const calls = [...room.calls, event].slice(-MOST_LINES);
  const same = room.call?.call === event.call;
  // Among missed events there may be whole calls before the one that is on.
  if (event.type === 'call.started' && !same && room.call && room.call.started > event.at) return { ...room, calls };
  if (event.type === 'call.ended') return { ...room, calls, call: same ? null : room.call };
  return { ...room, calls, call: { call: event.call, by: event.by, started: event.at, people: same ? (room.call?.people ?? []) : [] } };
}

/**
 * The room after others joined or left its call. This may come before the start of the call, and after its end.
 *
 * @param {import('../types.d.ts').Room} room
 * @param {{ call: string, people: import('../types.d.ts').CallParticipant[], received?: number }} event
 */
export function callPeople(room, { call, people }) {
  if (room.call?.call === call) return { ...room, call: { ...room.call, people } };
  const [first] = people;
  if (!first || room.calls.some((line) => line.call === call && line.type === 'call.ended')) return room;
  return { ...room, call: { call, by: first, started: '', people } };
}

/**
 * The room with lines that came as no events: they are from before it was loaded.
 *
 * @param {import('../types.d.ts').Room} room
 * @param {{ calls: import('../types.d.ts').CallEvent[], era: number }} loaded
 */
export function callsLoaded(room, { calls, era }) {
  const known = new Set(room.calls.map(({ offset }) => offset));
  const others = calls.filter(({ offset }) => !known.has(offset));
  if (era !== room.era || !others.length) return room;
  return { ...room, calls: [...room.calls, ...others].sort((a, b) => a.offset - b.offset).slice(-MOST_LINES) };
}

/**
 * The lines of calls between two messages of a list.
 *
 * @param {import('../types.d.ts').CallEvent[]} calls
 * @param {number} after an offset
 * @param {number} before an offset
 */
export function linesBetween(calls, after, before) {
  return calls.filter(({ offset }) => offset > after && offset < before);
}
