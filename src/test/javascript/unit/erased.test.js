import assert from 'node:assert/strict';
import test from 'node:test';
import { shownName } from '../../../main/webapp/chat/people/erased.js';
import { strings } from '../../../main/webapp/chat/strings.js';

test('people who were erased have a name in the language of the page, and nobody else', () => {
  assert.equal(shownName({ id: 'erased-1f0a', name: 'Erased person' }), strings.people.erased);
  assert.equal(shownName({ id: 'bob', name: 'Erased person' }), 'Erased person');
  assert.equal(shownName({ id: 'erased-bot', name: 'Cleaner' }), 'Cleaner');
  assert.equal(shownName({ id: 'bob', name: '' }), 'bob');
});
