/** The languages of the page: the choice, the texts, and numbers and dates in the same locale. */
process.env.TZ = 'Europe/Berlin';
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import test from 'node:test';
import { choose } from '../../../main/webapp/chat/language/choice.js';
import { words as english } from '../../../main/webapp/chat/language/en.js';
import { grammar, isolated } from '../../../main/webapp/chat/language/grammar.js';
import { locale, speak, strings, whenSpoken } from '../../../main/webapp/chat/strings.js';
import { clock, day, deadline, full, shortly } from '../../../main/webapp/chat/view/times.js';

// Node 20 has none.
globalThis.navigator ??= /** @type {any} */ ({ platform: 'Linux', languages: [] });

const FOLDER = new URL('../../../main/webapp/chat/language/', import.meta.url);
const KNOWN = ['en', 'de'];
const AT = new Date(2026, 10, 27, 17, 40).toISOString();
/** Texts that are the same in both languages. */
const SAME = ['direction', 'optional', 'onlineHeading', 'offlineHeading', 'formats.code', 'formats.link', 'bot', 'thread.title', 'help.groups.0.1.2.0', 'stats.transports.websocket', 'people.statusTitle', 'people.statusLabel', 'phases.offline'];
const KEYS = /^[A-Z?]$|^↑( ↓)?$|^Alt\+/;

const leaves = (value, path = []) => (value !== null && typeof value === 'object' ? Object.entries(value).flatMap(([key, one]) => leaves(one, [...path, key])) : [[path.join('.'), value]]);
const shape = (words) => leaves(words).map(([path, value]) => [path, typeof value, typeof value === 'function' ? value.length : 0]);
const others = readdirSync(FOLDER).filter((file) => /^[a-z]{2,3}\.js$/.test(file) && file !== 'en.js');
const texts = async (file) => (await import(new URL(file, FOLDER))).words(grammar(file.replace('.js', '')));
const german = await texts('de.js');

test('every language has the texts of English, of the same kinds', async () => {
  const expected = shape(english(grammar('en')));
  assert.deepEqual(others, ['de.js']);
  for (const file of others) assert.deepEqual(shape(await texts(file)), expected, file);
});

test('the values that a choice sends are the same in every language', async () => {
  const values = (words) => ['kinds', 'retentions', 'postings', 'slowModes', 'report.reasons', 'mutes', 'accesses', 'people.bans', 'people.untils', 'people.choices'].map((path) => path.split('.').reduce((at, key) => at[key], words).map(([value]) => value));
  for (const file of others) assert.deepEqual(values(await texts(file)), values(english(grammar('en'))), file);
});

test('nothing is left in English', () => {
  const source = new Map(leaves(english(grammar('en'))));
  const values = /^(kinds|retentions|postings|slowModes|report\.reasons|mutes|accesses|people\.(bans|untils|choices))\.\d+\.0$/;
  const left = leaves(german).filter(([path, text]) => typeof text === 'string' && text !== '' && text === source.get(path) && !values.test(path) && !KEYS.test(text));
  assert.deepEqual(left.map(([path]) => path), SAME);
});

test('every text says something, and contains no markup', async () => {
  for (const words of [english(grammar('en')), german]) {
    for (const [path, value] of leaves(words)) {
      const text = typeof value === 'function' ? String(value(...samples(path))) : value;
      assert.ok(text.trim() || path === 'people.availabilities.auto' || path.endsWith('.0'), path);
      assert.doesNotMatch(text, /undefined|\[object|NaN|[<>&#]/, `${path}: ${text}`);
    }
  }
});

/** Arguments for the function at this path, by what it takes. */
function samples(path) {
  if (path === 'typing') return [['Alice', 'Bob']];
  if (/^slow/.test(path)) return [12];
  if (/\.(reacted)$/.test(path)) return ['👍', ['Alice', 'Bob'], 2];
  if (/\.seenBy$/.test(path)) return [['Alice', 'Bob'], 2];
  if (/\.counts$/.test(path)) return [2, 1];
  if (path === 'call.ended') return [12, ['Alice', 'Bob']];
  if (path === 'call.join') return [2];
  if (/^(online|showMembers|unread|latest|charactersLeft|unsent|keptDays|retention(Days|Floor|Ceiling)|suggested|emojiFound|reconnectingIn|noTokenIn)$|\.(tooLong|tooMany|replies|open|more|show|found|foundMore|foundDocuments)$/.test(path)) return [1_234];
  return ['Alice', 'General'];
}

test('counts with the plural forms of the language', async () => {
  await speak(['de-DE'], []);
  assert.deepEqual([strings.thread.replies(1), strings.thread.replies(0), strings.thread.replies(12_345)], ['1 Antwort', '0 Antworten', '12.345 Antworten']);
  assert.deepEqual([strings.acts.tooLong(1), strings.acts.tooLong(2)], ['Das ist 1 Zeichen zu viel.', 'Das sind 2 Zeichen zu viel.']);
  assert.deepEqual([strings.charactersLeft(3), strings.charactersLeft(-1)], ['Noch 3 Zeichen', '1 Zeichen zu viel']);
  assert.equal(strings.reading.seenBy(['Alice', 'Bob'], 1), 'Gelesen von Alice, Bob und 1 weiteren Person');
  await speak(['en-US'], []);
  assert.deepEqual([strings.thread.replies(1), strings.thread.replies(0), strings.thread.replies(12_345)], ['1 reply', '0 replies', '12,345 replies']);
  assert.deepEqual([strings.charactersLeft(1), strings.charactersLeft(-2)], ['1 character left', '2 characters over the limit']);
  assert.equal(strings.acts.reacted('👍', ['Alice'], 0), 'Alice reacted with 👍');
});

test('knows more plural forms than one and other', () => {
  const { plural } = grammar('pl');
  assert.deepEqual([1, 3, 5].map((n) => plural(n, { one: '# plik', few: '# pliki', many: '# plików', other: '# pliku' })), ['1 plik', '3 pliki', '5 plików']);
  assert.equal(plural(3, { other: '# other' }), '3 other');
});

test('the first tag of the page decides, and without one the reader', () => {
  const chosen = (page, reader = ['en-GB', 'de-AT']) => choose(KNOWN, page, reader).language;
  assert.deepEqual([chosen(['de', 'en']), chosen([null, 'de']), chosen(['', ' ', undefined, 'de'])], ['de', 'de', 'de']);
  assert.deepEqual([chosen([], ['fr-FR', 'de-AT', 'en']), chosen([], ['fr']), chosen([], [])], ['de', 'en', 'en']);
});

test('an unknown language becomes English, and so does a malformed tag', () => {
  for (const tag of ['fr', 'xx', 'x', '-', 'deutsch!', '<b>', 'd', 'constructor', '__proto__']) assert.deepEqual(choose(KNOWN, [tag, 'de'], ['de']), { language: 'en', locale: 'en' }, tag);
  assert.deepEqual(choose(KNOWN, [], ['*', 'de_AT']), { language: 'de', locale: 'de-AT' });
});

test("takes the reader's region if the language is the same", () => {
  const of = (tag, reader) => choose(KNOWN, [tag], reader).locale;
  assert.deepEqual([of('de', ['en-US', 'de-AT']), of('de-CH', ['de-AT']), of('de', ['en-US']), of('de', ['de', 'de-CH'])], ['de-AT', 'de-CH', 'de', 'de-CH']);
  assert.deepEqual([of('en', ['de-DE', 'en-GB']), of('fr', ['en-GB']), of('DE_at', [])], ['en-GB', 'en-GB', 'de-AT']);
});

test('words, numbers and dates have one language, whatever the reader has', async () => {
  await speak(['de'], ['fr-FR']);
  assert.equal(locale(), 'de');
  assert.deepEqual([strings.online(1_500), clock(AT), deadline(AT), shortly(AT, new Date(2026, 11, 1))], ['1.500 online', '17:40', '27.11.2026, 17:40', '27. Nov.']);
  assert.match(full(AT), /^Freitag, 27\. November 2026/);
  const now = new Date(2026, 10, 29, 12);
  assert.deepEqual([day(now, now), day(AT, now), day(new Date(2025, 1, 3), now)], ['Heute', 'Freitag, 27. November', '3. Februar 2025']);
  await speak(['fr'], ['fr-FR']);
  assert.deepEqual([strings.online(1_500), day(AT, now)], ['1,500 online', 'Friday, November 27']);
});

test('objects that hold texts stay, and listeners learn of another language once', async () => {
  const { thread } = strings;
  let calls = 0;
  const end = whenSpoken(() => calls++);
  await speak(['de-DE'], []);
  await speak(['de-DE'], []);
  assert.deepEqual([thread.title, thread.empty, thread === strings.thread, calls], ['Thread', 'Noch keine Antworten', true, 1]);
  end();
  await speak(['en'], []);
  assert.deepEqual([thread.empty, calls], ['No replies yet', 1]);
});

test('of several choices the last one counts, even if its language was loaded first', async () => {
  await Promise.all([speak(['de'], []), speak(['en-GB'], [])]);
  assert.deepEqual([locale(), strings.cancel], ['en-GB', 'Cancel']);
});

test('a name that is written from right to left does not change the order of a sentence', async () => {
  const name = 'נועה';
  assert.equal(isolated(name), `\u2068${name}\u2069`);
  assert.deepEqual([isolated('Noah'), isolated(5), isolated(null)], ['Noah', 5, null]);
  for (const language of ['en', 'de']) {
    await speak([language], []);
    for (const [path, value] of leaves(strings)) {
      if (typeof value !== 'function' || path === 'suggestions' || path.startsWith('withShortcut')) continue;
      const text = String(value(...samples(path).map((one) => (Array.isArray(one) ? one.map(() => name) : typeof one === 'string' ? name : one))));
      assert.doesNotMatch(text.replaceAll(`\u2068${name}\u2069`, ''), /\p{Script=Hebrew}/u, path);
    }
  }
  assert.equal(strings.composer(name), `Nachricht an \u2068${name}\u2069`);
  assert.equal(strings.composer('General'), 'Nachricht an General');
});

test('the portal has its words in every language of the chat, and a text for each name in the page', async () => {
  const { en, languages } = await import('../../../main/webapp/portal-words.js');
  const page = readFileSync(new URL('../../../main/webapp/index.html', import.meta.url), 'utf8');
  const names = new Set([...page.matchAll(/data-(?:text|label)="(\w+)"/g)].map(([, name]) => name));
  const { page: none, ...source } = en;
  assert.deepEqual([languages, Object.keys(none)], [KNOWN, []]);
  const { page: texts, ...rest } = (await import('../../../main/webapp/portal-de.js')).words;
  assert.deepEqual(Object.keys(texts).sort(), [...names].sort());
  assert.deepEqual(shape(rest), shape(source));
  assert.deepEqual(leaves(rest).filter(([path, text]) => String(text) === String(new Map(leaves(source)).get(path))).map(([path]) => path), ['title']);
});

test('the portal has words for every reason of a failed sign-in', async () => {
  const { en } = await import('../../../main/webapp/portal-words.js');
  const source = readFileSync(new URL('../../../main/webapp/sign-in.js', import.meta.url), 'utf8');
  const reasons = [...source.matchAll(/new SignInFailed\('(\w+)'/g)].map(([, reason]) => reason);
  assert.deepEqual([...new Set(reasons)].sort(), Object.keys(en.provider).sort());
});
