/**
 * Splits an update that is too large for a frame, as after a large paste, into updates with the same effect when they are applied in order.
 * A frame holds 48 KiB of an update, and in JSON a little less.
 */
import { parts } from './parts.js';

const { ContentString, Item, UpdateEncoderV1, createID, decodeUpdate, writeVarUint } = parts;

/** Bytes of an update that fits into a frame, as base64 too. */
export const MOST_BYTES = 40 * 1024;
/** Characters of a piece of text: each has at most 3 bytes. */
const MOST_TEXT = 8_192;
/** Structs and ranges of deletions in a piece. A struct without its text has about 30 bytes, a range about 10. */
const MOST_STRUCTS = 400;
const MOST_RANGES = 2_000;

/**
 * @param {Uint8Array} update
 * @param {number} [most]
 * @returns {Uint8Array[]}
 */
export function pieces(update, most = MOST_BYTES) {
  if (update.length <= most) return [update];
  const { structs, ds } = decodeUpdate(update);
  const groups = grouped(structs.flatMap(shorter));
  const deleted = chunks([...ds.clients].flatMap(([client, ranges]) => ranges.map((range) => ({ client, ...range }))), MOST_RANGES);
  return [...groups.map((group) => written(group, [])), ...deleted.map((ranges) => written([], ranges))];
}

/** A long text becomes several structs, each after the one before. */
function shorter(struct) {
  const text = struct.content instanceof ContentString ? struct.content.str : '';
  if (text.length <= MOST_TEXT) return [struct];
  const { client, clock } = struct.id;
  const made = [];
  for (let at = 0; at < text.length; ) {
    const end = endOf(text, at + MOST_TEXT);
    const origin = at === 0 ? struct.origin : createID(client, clock + at - 1);
    made.push(new Item(createID(client, clock + at), null, origin, null, struct.rightOrigin, struct.parent, struct.parentSub, new ContentString(text.slice(at, end))));
    at = end;
  }
  return made;
}

/** Where a piece may end: not within a character of two units. */
function endOf(text, end) {
  const code = text.charCodeAt(end - 1);
  return end < text.length && code >= 0xd800 && code <= 0xdbff ? end - 1 : Math.min(end, text.length);
}

function grouped(structs) {
  /** @type {any[][]} */
  const groups = [];
  let size = Infinity;
  for (const struct of structs) {
    const text = struct.content instanceof ContentString ? struct.content.str.length : 0;
    const large = size + text > MOST_TEXT || (groups.at(-1)?.length ?? 0) >= MOST_STRUCTS;
    if (large) groups.push([]);
    size = (large ? 0 : size) + text;
    groups.at(-1)?.push(struct);
  }
  return groups;
}

function chunks(list, size) {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, n) => list.slice(n * size, (n + 1) * size));
}

/** In the first format of Yjs updates: structs by client, then ranges of deletions by client. */
function written(structs, ranges) {
  const encoder = new UpdateEncoderV1();
  const byClient = grouping(structs, ({ id }) => id.client);
  writeVarUint(encoder.restEncoder, byClient.size);
  for (const [client, list] of byClient) {
    writeVarUint(encoder.restEncoder, list.length);
    encoder.writeClient(client);
    writeVarUint(encoder.restEncoder, list[0].id.clock);
    for (const struct of list) struct.write(encoder, 0);
  }
  const deleted = grouping(ranges, ({ client }) => client);
  writeVarUint(encoder.restEncoder, deleted.size);
  for (const [client, list] of deleted) {
    encoder.resetDsCurVal();
    writeVarUint(encoder.restEncoder, client);
    writeVarUint(encoder.restEncoder, list.length);
    for (const { clock, len } of list) {
      encoder.writeDsClock(clock);
      encoder.writeDsLen(len);
    }
  }
  return encoder.toUint8Array();
}

function grouping(list, keyOf) {
  const groups = new Map();
  for (const one of list) {
    const group = groups.get(keyOf(one));
    if (group) group.push(one);
    else groups.set(keyOf(one), [one]);
  }
  return groups;
}
