/** What surrounds a call: words, rights, the fold of a room's calls, the test of the connection, and the tabs of one connection. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { mayCall, ongoing } from '../../../main/webapp/chat/call/access.js';
import { MOST_LINES, callLogged, callPeople, callsLoaded, linesBetween } from '../../../main/webapp/chat/call/fold.js';
import { words as german } from '../../../main/webapp/chat/call/language/de.js';
import { words as english } from '../../../main/webapp/chat/call/language/en.js';
import { RELAY_WITHIN, legOf, testLegs, verdict } from '../../../main/webapp/chat/call/test.js';
import { Hub } from '../../../main/webapp/chat/connection/hub.js';
import { grammar } from '../../../main/webapp/chat/language/grammar.js';
import { page, settled } from './kit.js';

const leaves = (value, path = []) => (value !== null && typeof value === 'object' ? Object.entries(value).flatMap(([key, one]) => leaves(one, [...path, key])) : [[path.join('.'), value]]);

test('both languages have the same texts, of the same kinds, and none is left in English', () => {
  const [source, translated] = [leaves(english(grammar('en'))), leaves(german(grammar('de')))];
  const shape = (all) => all.map(([path, value]) => [path, typeof value, value.length * Number(typeof value === 'function')]);
  assert.deepEqual(shape(translated), shape(source));
  const texts = new Map(source);
  const same = translated.filter(([path, text]) => typeof text === 'string' && text === texts.get(path)).map(([path]) => path);
  assert.deepEqual(same, ['test.legs.udp', 'test.legs.tcp', 'test.legs.tls']);
  const samples = { goesOn: [['Alice', 'Bob']], 'test.results.open': [1_234], 'test.verdicts.slower': [['UDP']], 'test.verdicts.none': [['UDP', 'TCP']], 'devices.unnamed': [2] };
  for (const [path, value] of [...source, ...translated]) {
    const text = typeof value === 'function' ? value(...(samples[path] ?? ['Alice'])) : value;
    assert.doesNotMatch(text, /undefined|\[object|NaN|[<>&#]/, path);
  }
});

test('who may post may call', () => {
  const now = Date.parse('2026-03-02T09:00:00.000Z');
  const room = { role: 'member', muted: null };
  assert.ok(mayCall(room, now));
  for (const change of [{ role: 'guest' }, { role: 'none' }, { muted: '2026-03-02T10:00:00.000Z' }]) assert.ok(!mayCall({ ...room, ...change }, now), JSON.stringify(change));
  assert.ok(!mayCall(undefined, now));
});

// The fold

const by = { id: 'alice', name: 'Alice' };
const people = [{ id: 'alice', name: 'Alice', participant: 'p1' }];
const started = (call, offset, minute = offset) => ({ type: 'call.started', room: 'r', offset, at: `2026-03-02T09:${String(minute).padStart(2, '0')}:00.000Z`, by, call });
const ended = (call, offset) => ({ ...started(call, offset), type: 'call.ended', seconds: 60, people: [by] });
const room = (more = {}) => /** @type {any} */ ({ call: null, calls: [], ...more });
const fold = (events, from = room()) => events.reduce((before, event) => (event.type === 'call.people' ? callPeople(before, event) : callLogged(before, event)), from);

test('a call begins, has people, and ends', () => {
  const on = fold([started('c', 1), { type: 'call.people', call: 'c', people }]);
  assert.deepEqual(ongoing(on), { call: 'c', by, started: '2026-03-02T09:01:00.000Z', people });
  const off = fold([ended('c', 2)], on);
  assert.deepEqual([ongoing(off), off.calls.map(({ type }) => type)], [null, ['call.started', 'call.ended']]);
});

test('the people may be known before the start, and are not taken for a call after its end', () => {
  const early = fold([{ type: 'call.people', call: 'c', people }]);
  assert.equal(ongoing(early)?.by, people[0]);
  assert.deepEqual(ongoing(fold([started('c', 1)], early)), { call: 'c', by, started: '2026-03-02T09:01:00.000Z', people });
  const late = fold([started('c', 1), ended('c', 2), { type: 'call.people', call: 'c', people }, { type: 'call.people', call: 'd', people: [] }]);
  assert.equal(late.call, null);
  assert.equal(ongoing(fold([started('c', 1)])), null, 'nobody is in it yet');
});

test('missed calls before the one that is on do not end it', () => {
  const on = { call: 'now', by, started: '2026-03-02T09:30:00.000Z', people };
  const after = fold([started('a', 1), ended('a', 2), started('now', 3, 30)], room({ call: on }));
  assert.deepEqual(ongoing(after), on);
});

test('a room keeps a number of lines, and shows those between two messages', () => {
  const many = fold(Array.from({ length: MOST_LINES + 1 }, (_, n) => ended('c', n + 1)));
  assert.deepEqual([many.calls.length, many.calls[0].offset], [MOST_LINES, 2]);
  assert.deepEqual(linesBetween(many.calls, 4, 8).map(({ offset }) => offset), [5, 6, 7]);
});

test('lines from before the room was loaded are put among the others, once', () => {
  const now = fold([started('c', 9)], room({ era: 2 }));
  const loaded = callsLoaded(now, { era: 2, calls: [started('a', 3), ended('a', 5), started('c', 9)] });
  assert.deepEqual(loaded.calls.map(({ offset }) => offset), [3, 5, 9]);
  assert.equal(callsLoaded(loaded, { era: 2, calls: [ended('a', 5)] }), loaded);
  assert.equal(callsLoaded(now, { era: 1, calls: [started('a', 3)] }), now, 'the room has started over');
});

// The test of the connection

/** Connections whose relay answers as the test says, by address. */
function relays(answers) {
  const made = [];
  const connect = (configuration) => {
    const connection = new EventTarget();
    made.push(Object.assign(connection, { configuration, closed: false }));
    const [url] = configuration.iceServers[0].urls;
    const tell = (type, fields) => connection.dispatchEvent(Object.assign(new Event(type), fields));
    return Object.assign(connection, {
      createDataChannel() {},
      close: () => (connection.closed = true),
      setLocalDescription: async () => answers[url]?.(tell),
    });
  };
  return { connect, made };
}
const opens = (tell) => tell('icecandidate', { candidate: { candidate: 'candidate:1 1 udp 41885439 192.0.2.1 49152 typ relay raddr 0.0.0.0 rport 0' } });
const refuses = (tell) => {
  tell('icecandidateerror', { errorCode: 401 });
  tell('icecandidate', { candidate: null });
};
const fails = (tell) => {
  tell('icecandidateerror', { errorCode: 701 });
  tell('icecandidate', { candidate: null });
};
const URLS = ['turn:t:3478', 'turn:t:3478?transport=tcp', 'turns:t:5349?transport=tcp', 'stun:t'];
const all = (...answers) => Object.fromEntries(URLS.map((url, n) => [url, answers[n]]));

test('each address takes one way', () => {
  assert.deepEqual([...URLS, 'turn:t?transport=udp', 'http:t'].map(legOf), ['udp', 'tcp', 'tls', null, 'udp', null]);
});

test('the test names the way that is blocked, and closes what it opened', async (t) => {
  const { passes } = page(t);
  const { connect, made } = relays(all(undefined, fails, opens));
  const seen = [];
  const testing = testLegs({ urls: URLS, username: 'u', credential: 'c', expires: '' }, { connect, changed: (now) => seen.push(Object.values(now).map(({ state }) => state).join()) });
  await settled();
  assert.equal(seen.at(-1), 'waiting,blocked,open');
  await passes(RELAY_WITHIN);
  const results = await testing;
  assert.deepEqual(Object.values(results).map(({ state }) => state), ['blocked', 'blocked', 'open']);
  assert.deepEqual(verdict(results), { name: 'slower', blocked: ['udp', 'tcp'] });
  assert.deepEqual(made.map(({ closed, configuration }) => [closed, configuration.iceTransportPolicy, configuration.iceServers[0].urls.length]), Array.from({ length: 3 }, () => [true, 'relay', 1]));
});

test('refused credentials, missing ways and no relay at all have their own sentences', async () => {
  const of = async (urls, answers) => {
    const results = await testLegs({ urls, username: 'u', credential: 'c', expires: '' }, { connect: relays(answers).connect, changed() {} });
    return [Object.values(results).map(({ state }) => state).join(), verdict(results).name];
  };
  assert.deepEqual(await of(URLS, all(opens, opens, opens)), ['open,open,open', 'fine']);
  assert.deepEqual(await of(URLS.slice(0, 1), all(opens)), ['open,absent,absent', 'fine']);
  assert.deepEqual(await of(URLS, all(refuses, refuses, fails)), ['refused,refused,blocked', 'refused']);
  assert.deepEqual(await of(URLS, all(fails, fails, fails)), ['blocked,blocked,blocked', 'none']);
  assert.deepEqual(await of(['turn:a', 'turn:b'], { 'turn:a': fails, 'turn:b': opens }), ['open,absent,absent', 'fine']);
});

// Tabs

test('of the tabs of a connection one takes part in a call: another replaces it, and its end leaves the call', async () => {
  const [asked, told] = [[], []];
  const connection = { request: async (type) => (asked.push(type), { call: 'c', participant: 'p', people: [] }), tell() {}, reconnect() {}, check() {} };
  const hub = new Hub(connection, (tabs, message) => message.event && told.push([tabs.join(), message.event.type, message.event.code]));
  for (const tab of ['one', 'two', 'three']) hub.joined(tab);
  await hub.asked('one', { id: 1, command: 'call.start', fields: { room: 'general' } });
  await hub.asked('one', { id: 2, command: 'call.join', fields: { room: 'general' } });
  assert.deepEqual(told, []);
  await hub.asked('two', { id: 3, command: 'call.join', fields: { room: 'general' } });
  assert.deepEqual(told, [['one', 'call.left', 'conflict']]);
  asked.length = 0;
  hub.left('one');
  assert.deepEqual(asked, []);
  hub.left('two');
  assert.deepEqual(asked, ['call.leave']);
  await hub.asked('three', { id: 4, command: 'call.join', fields: { room: 'general' } });
  await hub.asked('three', { id: 5, command: 'call.leave', fields: { room: 'general' } });
  asked.length = 0;
  hub.left('three');
  assert.deepEqual(asked, []);
});
