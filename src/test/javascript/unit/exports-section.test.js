/** What the dialog of the administration's exports asks the server for. */
import assert from 'node:assert/strict';
import test from 'node:test';

globalThis.navigator ??= /** @type {any} */ ({ platform: 'Linux', languages: [] });

const { request } = await import(new URL('../../../main/webapp/administration/sections/exports.js', import.meta.url).href);

test('an empty form asks for everything until now', () => {
  assert.deepEqual(request({ mail: true, files: true, history: false, held: false }), { mail: true, files: true, held: false });
});

test('a filled form asks for exactly what it says', () => {
  const wanted = request({ person: 'bob', rooms: ' a, b\n c ', from: '2030-01-02T03:04', until: '2030-02-02T03:04', history: true, mail: false, files: false, held: true });
  assert.deepEqual(wanted, { person: 'bob', rooms: ['a', 'b', 'c'], from: new Date('2030-01-02T03:04').toISOString(), to: new Date('2030-02-02T03:04').toISOString(), history: true, mail: false, files: false, held: true });
});
