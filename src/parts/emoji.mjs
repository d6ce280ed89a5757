/**
 * Makes the emoji module from emojibase's data: `groups` is a list of `[name, lines]`; a line is one emoji with its name, its codes and its
 * words, and a `+` if it has skin tones.
 */
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const data = require('emojibase-data/en/data.json');
const codes = require('emojibase-data/en/shortcodes/github.json');
const more = require('emojibase-data/en/shortcodes/emojibase.json');
const { groups } = require('emojibase-data/meta/groups.json');

/** Newer emoji are missing from the fonts of many systems. */
const NEWEST = 15.1;
/** Parts of emoji, not emoji. */
const COMPONENT = 'component';
const TONES = ['\u{1f3fb}', '\u{1f3fc}', '\u{1f3fd}', '\u{1f3fe}', '\u{1f3ff}'];
const LINES = ['\t', '\n', '`', '\\', '$'];

export function emojiModule() {
  const named = Object.entries(groups).filter(([, name]) => name !== COMPONENT);
  const all = named.map(([group, name]) => [name, data.filter((one) => String(one.group) === group && one.version <= NEWEST).map(line)]);
  const entries = all.map(([name, lines]) => `  ['${name}', \`${lines.join('\n')}\`],`);
  return `export const groups = [\n${entries.join('\n')}\n];\n\nexport ${inTone}\n`;
}

function line({ emoji: written, label, hexcode, tags = [], skins = [] }) {
  // The data asks for the emoji form also where it is the default; as a sequence that is not an emoji of its own.
  const emoji = written.replace(/(\p{Emoji_Presentation})\ufe0f/gu, '$1');
  const own = [codes[hexcode] ?? [], more[hexcode] ?? []].flat();
  const known = [...new Set(own)];
  const words = tags.filter((tag) => !label.split(' ').includes(tag));
  const toned = skins.length > 0;
  if (toned) checkTones(emoji, skins);
  const fields = [emoji, label, known.join(' '), words.join(' ')];
  if (fields.some((field) => LINES.some((character) => field.includes(character)))) throw new Error(`${label} has a character that separates`);
  return fields.join('\t') + (toned ? '\t+' : '');
}

/** The emoji in a skin tone. The hands that join two people have none. The client uses this rule; it must give what the data has. */
function inTone(emoji, tone) {
  return emoji.replace(/(?<!\u200d(?=\u{1f91d}))\p{Emoji_Modifier_Base}\ufe0f?/gu, (person) => person.replace('\ufe0f', '') + tone);
}

function checkTones(emoji, skins) {
  const known = new Set(skins.map((skin) => skin.emoji));
  for (const tone of TONES) {
    if (!known.has(inTone(emoji, tone))) throw new Error(`The rule for skin tones doesn't fit ${emoji}`);
  }
}
