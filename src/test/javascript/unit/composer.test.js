/** Edits of the composer's text, words that ask for completion, fuzzy search, and local data. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { continued, fenced, isInFence, linked, prefixed, sendable, wrapped } from '../../../main/webapp/chat/composer/edits.js';
import { ranked } from '../../../main/webapp/chat/composer/fuzzy.js';
import { wordAt } from '../../../main/webapp/chat/composer/trigger.js';
import { groups, inTone } from '../../../main/webapp/chat/parts/emoji.js';
import { LONGEST, LocalData, MOST_KEPT, inMemory } from '../../../main/webapp/chat/local-data.js';

/** Applies an edit to a text in which `[` and `]` mark the selection, and marks the new selection. */
function edited(marked, edit) {
  const start = marked.indexOf('[');
  const end = marked.indexOf(']') - 1;
  const value = marked.replace('[', '').replace(']', '');
  const made = edit(value, start, end);
  if (!made) return null;
  const text = value.slice(0, made.from) + made.text + value.slice(made.to);
  return `${text.slice(0, made.start)}[${text.slice(made.start, made.end)}]${text.slice(made.end)}`;
}

test('marks the selection, and unmarks it', () => {
  const bold = (value, start, end) => wrapped(value, start, end, '**');
  const italic = (value, start, end) => wrapped(value, start, end, '*');
  assert.equal(edited('a [b] c', bold), 'a **[b]** c');
  assert.equal(edited('a **[b]** c', bold), 'a [b] c');
  assert.equal(edited('a [b ]c', bold), 'a **[b]** c');
  assert.equal(edited('[]', bold), '**[]**');
  assert.equal(edited('**[b]**', italic), '***[b]***');
  assert.equal(edited('***[b]***', italic), '**[b]**');
});

test('makes a link and selects what is missing', () => {
  const marked = (value, start, end) => linked(value, start, end);
  const at = (value, start, end) => {
    const { from, to, text, start: first, end: last } = marked(value, start, end);
    const whole = value.slice(0, from) + text + value.slice(to);
    return [whole, whole.slice(first, last), first];
  };
  assert.deepEqual(at('see this', 4, 8), ['see [this](https://)', 'https://', 11]);
  assert.deepEqual(at('https://a.example', 0, 17), ['[](https://a.example)', '', 1]);
  assert.deepEqual(at('', 0, 0), ['[](https://)', '', 1]);
});

test('makes lists, quotes and code blocks of whole lines, and plain lines again', () => {
  assert.equal(edited('a\n[b\nc]\nd', (...given) => prefixed(...given, 'list')), 'a\n[- b\n- c]\nd');
  assert.equal(edited('a\n[- b\n- c]\nd', (...given) => prefixed(...given, 'list')), 'a\n[b\nc]\nd');
  assert.equal(edited('[b\nc]', (...given) => prefixed(...given, 'numbers')), '[1. b\n2. c]');
  assert.equal(edited('x[]y', (...given) => prefixed(...given, 'quote')), '> xy[]');
  assert.equal(edited('a [b] c', fenced), 'a \n```\n[b]\n```\n c');
  assert.equal(edited('[```]', fenced), '````\n[```]\n````');
});

test('continues lists and quotes, and ends them in an empty item', () => {
  assert.equal(edited('- a[]', continued), '- a\n- []');
  assert.equal(edited('  9) a[]', continued), '  9) a\n  10) []');
  assert.equal(edited('- [x] a'.replace('[x]', '(x)') + '[]', continued), '- (x) a\n- []');
  assert.deepEqual(continued('- [x] a', 7, 7).text, '\n- [ ] ');
  assert.equal(edited('> a[]', continued), '> a\n> []');
  assert.equal(edited('- a\n- []', continued), '- a\n[]');
  for (const text of ['a[]', '-a[]', '```\n- a[]']) assert.equal(edited(text, continued), null, text);
});

test('knows whether the caret is in a code block', () => {
  const inside = ['```', '```js\na', '~~~\n```', '````\n```\n', '```\na\n``', 'a\n  ```\n'];
  const outside = ['', 'a', '```a```', '```\na\n```', '```\n```\nb', '~~~\n~~~~ ', '    ```'];
  assert.deepEqual([inside.map((text) => isInFence(text, text.length)), outside.map((text) => isInFence(text, text.length))], [inside.map(() => true), outside.map(() => false)]);
});

test('sends the indentation of code, but no blank lines around the text', () => {
  assert.deepEqual([' a ', '\n\n  a\n', '\n  a\n    b\n ', '    a\nb'].map(sendable), [' a', '  a', '  a\n    b', '    a\nb']);
});

test('completes the word before the caret', () => {
  const word = (text) => {
    const found = wordAt(text, text.length);
    return found && `${found.kind} ${found.from} ${found.query}`;
  };
  assert.deepEqual(['@', 'hi @an', 'hi @Anna Mi', '(@urn:user:7', '#gen', '#', 'x :ta', ':+1', ':tada:', ':+1:'].map(word), [
    '@ 0 ', '@ 3 an', '@ 3 Anna Mi', '@ 1 urn:user:7', '# 0 gen', '# 0 ', ': 2 ta', ': 0 +1', ':: 0 tada', ':: 0 +1',
  ]);
  for (const text of ['a@b', 'C#x', '10:30', 'http://', ':)', ':a', ': a', '#1', '@a\nb', '```\n@an', '@ a', 'a:b:']) assert.equal(word(text), null, text);
});

test('finds by whole text, beginning, word, part, and letters in order', () => {
  const names = ['Susanna', 'Anna', 'Joanna Berg', 'Ann', 'Berta Anders', 'A. N. Other', 'Zoë', 'Bob'];
  assert.deepEqual(ranked(names, 'ann', (name) => [name], 8), ['Ann', 'Anna', 'Susanna', 'Joanna Berg']);
  assert.deepEqual(ranked(names, 'and', (name) => [name], 8), ['Berta Anders']);
  assert.deepEqual(ranked(names, 'zoe', (name) => [name], 8), ['Zoë']);
  assert.deepEqual(ranked(names, 'ano', (name) => [name], 8), ['A. N. Other']);
  assert.equal(ranked(names, '', (name) => [name], 3).length, 3);
});

test('keeps values of one person apart from those of another, and deletes them all', () => {
  const storage = inMemory();
  const one = new LocalData(['https://chat.example/', 'a'], storage);
  const other = new LocalData(['https://chat.example/', 'a","b'], storage);
  one.set('mine', 'draft', 'general', 0);
  other.set('theirs', 'draft', 'general', 0);
  assert.deepEqual([one.get('draft', 'general', 0), one.get('draft', 'general', 1), other.get('draft', 'general', 0)], ['mine', null, 'theirs']);
  one.erase();
  one.set('late', 'draft', 'general', 0);
  assert.deepEqual([one.get('draft', 'general', 0), other.get('draft', 'general', 0), storage.length], [null, 'theirs', 1]);
});

test('keeps no more values than its bound, and drops the oldest', (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: 1 });
  const storage = inMemory();
  const data = new LocalData(['s', 'u'], storage);
  for (let n = 0; n <= MOST_KEPT; n++) {
    t.mock.timers.setTime(n + 1);
    data.set(n, 'draft', `room ${n}`);
  }
  assert.deepEqual([storage.length, data.get('draft', 'room 0'), data.get('draft', 'room 1')], [MOST_KEPT, null, 1]);
  data.set('x'.repeat(LONGEST), 'draft', 'room 1');
  assert.equal(data.get('draft', 'room 1'), 1);
});

test('works without storage', () => {
  const blocked = { getItem: () => { throw new Error('blocked'); }, setItem: () => { throw new Error('blocked'); }, removeItem: () => {}, key: () => null, length: 0 };
  const data = new LocalData(['s', 'u'], blocked);
  data.set('x', 'draft');
  assert.equal(data.get('draft'), 'x');
  data.erase();
  assert.equal(data.get('draft'), null);
});

test('offers emoji that are one sequence each, in each skin tone too', { skip: Number(process.versions.unicode) < 15.1 }, () => {
  const lines = groups.flatMap(([, all]) => all.split('\n')).map((line) => line.split('\t'));
  assert.ok(lines.length > 1_800);
  const shown = lines.flatMap(([emoji, , , , tones]) => [emoji, ...(tones === '+' ? ['\u{1f3fb}', '\u{1f3ff}'].map((tone) => inTone(emoji, tone)) : [])]);
  assert.deepEqual(shown.filter((emoji) => !/^\p{RGI_Emoji}$/v.test(emoji)), []);
});
