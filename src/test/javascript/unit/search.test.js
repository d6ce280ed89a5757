import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asks, excerpt, isDate, lastPart, parameters, taken, whileTyped } from '../../../main/webapp/chat/search/query.js';

test('the part that is typed is the last one, unless it is in quotation marks', () => {
  assert.deepEqual(lastPart('contract from:bo'), { before: 'contract ', operator: 'from:', value: 'bo' });
  assert.deepEqual(lastPart('contract FROM:bo'), { before: 'contract ', operator: 'from:', value: 'bo' });
  assert.deepEqual(lastPart('contract'), { before: '', operator: '', value: 'contract' });
  assert.deepEqual(lastPart('contract '), { before: 'contract ', operator: '', value: '' });
  assert.deepEqual(lastPart('"see from:bo'), { before: '"see from:bo', operator: '', value: '' });
});

test('complete operators become filters, and others stay', () => {
  assert.deepEqual(taken('has:link plan', false), { text: 'plan', filters: { has: ['link'] } });
  assert.deepEqual(taken('plan has:link', false), { text: 'plan has:link', filters: {} });
  assert.deepEqual(taken('plan has:link', true), { text: 'plan ', filters: { has: ['link'] } });
  assert.deepEqual(taken('after:2026-01-31 before:2026-02-01 x', false), { text: 'x', filters: { after: '2026-01-31', before: '2026-02-01' } });
  assert.deepEqual(taken('has:cake after:2026-02-30 from:bob x', true), { text: 'has:cake after:2026-02-30 from:bob x', filters: {} });
});

test('a date exists', () => {
  assert.ok(isDate('2028-02-29'));
  for (const text of ['2026-02-29', '2026-2-1', 'tomorrow', '']) assert.ok(!isDate(text), text);
});

test('the last word may be a beginning, but not a phrase, an operator or a single letter', () => {
  assert.equal(whileTyped('new contr'), 'new contr*');
  for (const text of ['"new contr', 'new contr ', 'n', 'contr*', 'a:bc', 'plan -contr']) assert.equal(whileTyped(text), text);
  assert.equal(whileTyped('病院'), '病院*');
});

test('the request has what is set, with dates from midnight to midnight', () => {
  const midnight = (day) => new Date(2026, 0, day).toISOString();
  assert.deepEqual(parameters(' plan\tb ', { room: 'general', by: { id: 'a/b' }, has: ['link', 'pin'], after: '2026-01-30', before: '2026-01-31', byTime: true }), {
    q: 'plan b', room: 'general', by: 'a/b', has: 'link,pin', after: midnight(30), before: midnight(31), sort: 'time',
  });
  assert.deepEqual(parameters('', { room: null, by: null, has: [] }), {});
  assert.equal(parameters('x'.repeat(600)).q.length, 500);
});

test('a room alone asks for nothing', () => {
  assert.ok(!asks(parameters('', { room: 'general', byTime: true })));
  assert.ok(asks(parameters('', { room: 'general', has: ['pin'] })));
  assert.ok(asks(parameters('x')));
});

test('an excerpt marks code points, also after emoji', () => {
  assert.deepEqual(excerpt('👍🏽 run now', [[3, 6]]), [{ text: '👍🏽 ', found: false }, { text: 'run', found: true }, { text: ' now', found: false }]);
  assert.deepEqual(excerpt('a\nb', []), [{ text: 'a b', found: false }]);
  assert.deepEqual(excerpt('', []), []);
});

test('an excerpt of a long text is around the first match', () => {
  const text = `${'word '.repeat(100)}needle ${'word '.repeat(100)}needle`;
  const pieces = excerpt(text, [[500, 506], [1007, 1013]]);
  assert.deepEqual(pieces[0], { text: '… ', found: false });
  assert.equal(pieces.at(-1)?.text, ' …');
  assert.deepEqual(pieces.filter(({ found }) => found), [{ text: 'needle', found: true }]);
  assert.ok(pieces[1].text.startsWith('word'));
  assert.ok([...pieces.map(({ text: piece }) => piece).join('')].length <= 244);
});

test('ranges outside the text, and ranges that overlap, break nothing', () => {
  assert.equal(excerpt('short', [[0, 3], [2, 4], [90, 95]]).map(({ text }) => text).join(''), 'short');
});
