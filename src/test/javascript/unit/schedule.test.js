/** Scheduled messages and reminders: the times that are offered, what the server is asked, and what follows /remind. */
process.env.TZ = 'Europe/Berlin';
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { grammar } from '../../../main/webapp/chat/language/grammar.js';
import { Problem } from '../../../main/webapp/chat/problem.js';
import { ScheduleAccess } from '../../../main/webapp/chat/schedule/access.js';
import { words as german } from '../../../main/webapp/chat/schedule/language/de.js';
import { words as english } from '../../../main/webapp/chat/schedule/language/en.js';
import { remindOf } from '../../../main/webapp/chat/schedule/remind.js';
import { choices, local } from '../../../main/webapp/chat/schedule/times.js';
import { noticesChanged, noNotices } from '../../../main/webapp/chat/notify/fold.js';
import { titleOf } from '../../../main/webapp/chat/notify/bell.js';
import { builtIn, carryOut } from '../../../main/webapp/chat/slash/commands.js';

const offered = (now) => Object.fromEntries(choices(new Date(now)).map(({ name, at }) => [name, local(at)]));

/** A server that answers this, or refuses. */
function rest(answer, refused = null) {
  const asked = [];
  const raw = async (method, path, { body }) => {
    asked.push([method, path, body && JSON.parse(body)]);
    if (refused) throw refused;
    return answer === undefined ? new Response(null, { status: 204 }) : Response.json(answer);
  };
  return { asked, raw };
}

describe('times that are offered', () => {
  test('are whole minutes from now on, and the mornings of the calendar', () => {
    assert.deepEqual(offered('2026-11-27T16:40:30'), { soon: '2026-11-27T17:01', hour: '2026-11-27T17:41', hours: '2026-11-27T19:41', tomorrow: '2026-11-28T09:00', monday: '2026-11-30T09:00' });
  });

  test('on a Sunday tomorrow is Monday, and on a Monday the next one is in a week', () => {
    assert.deepEqual(Object.keys(offered('2026-11-29T10:00')), ['soon', 'hour', 'hours', 'tomorrow']);
    assert.equal(offered('2026-11-30T08:00').monday, '2026-12-07T09:00');
  });

  test('a day with 23 hours has its morning at nine', () => {
    assert.equal(offered('2027-03-27T20:00').tomorrow, '2027-03-28T09:00');
  });
});

describe('what the server is asked', () => {
  test('each entry has an id of its own', async () => {
    const server = rest({ at: 'x' });
    const access = new ScheduleAccess(/** @type {any} */ (server));
    await access.add('general', { at: '2026-11-28T09:00', zone: 'Europe/Berlin', text: 'Hello', mentions: ['bob'] });
    await access.remind('general', { at: '2026-11-28T08:00:00Z', offset: 7 });
    const [[, path, message], [, other, reminder]] = server.asked;
    assert.equal(path, 'rooms/general/scheduled');
    assert.equal(other, 'rooms/general/reminders');
    assert.match(message.id, /^[\w-]{1,64}$/);
    assert.notEqual(message.id, reminder.id);
    assert.deepEqual({ ...message, id: 0 }, { id: 0, at: '2026-11-28T09:00', zone: 'Europe/Berlin', text: 'Hello', mentions: ['bob'] });
  });

  test('a line after /remind goes to the server with the time zone', async () => {
    const server = rest({ at: '2026-11-28T08:00:00.000Z' });
    const { said, again } = await remindOf(/** @type {any} */ (server), 'general', 'tomorrow 9:00 call Bob');
    assert.equal(again, undefined);
    assert.match(said, /Nov 28, 2026/);
    assert.deepEqual({ ...server.asked[0][2], id: 0 }, { id: 0, line: 'tomorrow 9:00 call Bob', zone: 'Europe/Berlin' });
  });

  test('a line that the server can not read returns to the box, with what is allowed', async () => {
    const { said, again } = await remindOf(/** @type {any} */ (rest({}, new Problem({ code: 'bad_request', message: 'x' }))), 'general', 'call Bob');
    assert.equal(again, true);
    assert.match(said, /\/remind in 20 minutes/);
  });

  test('another refusal is told in the words of reminders, and the line returns to the box', async () => {
    const conflict = new Problem({ code: 'conflict', message: 'x' });
    const { said, again } = await remindOf(/** @type {any} */ (rest({}, conflict)), 'general', 'tomorrow tea');
    assert.equal(again, true);
    assert.match(said, /maximum number of entries/);
  });
});

describe('/remind', () => {
  const session = (features) => ({ state: { open: 'general', features, rooms: new Map([['general', { id: 'general', role: 'member', kind: 'public' }]]) }, rest: rest({ at: '2026-11-28T08:00:00.000Z' }), slash: { offered: async () => [] } });
  const does = async (one, text) => {
    let dialogs = 0;
    const result = await carryOut(one, text, { post: () => assert.fail(), people: [], remind: () => dialogs++ });
    return { ...result, dialogs };
  };

  test('is there if the server has reminders and notifications', async () => {
    const has = (features) => builtIn({ role: 'member', kind: 'public' }, features).some(({ name }) => name === 'remind');
    assert.equal(has(['schedule', 'notifications']), true);
    assert.equal(has(['schedule']), false);
    assert.equal(has(['notifications']), false);
    assert.deepEqual(await does(session([]), '/remind me'), { done: false, dialogs: 0 });
  });

  test('alone opens the dialog, and with a line reminds', async () => {
    const one = session(['schedule', 'notifications']);
    assert.deepEqual(await does(one, '/remind'), { done: true, dialogs: 1 });
    assert.deepEqual(one.rest.asked, []);
    const { done, said, dialogs } = await does(one, '/remind me tomorrow tea');
    assert.deepEqual([done, dialogs, one.rest.asked[0][2].line], [true, 0, 'me tomorrow tea']);
    assert.match(said, /reminded/);
  });
});

test('the bell says that it is a reminder, and which message was not sent', () => {
  const by = { id: 'alice', name: 'Alice' };
  const { list } = /** @type {any} */ (noticesChanged(noNotices, { type: 'notified', id: 1, room: 'general', by, why: 'reminder', text: 'Tea', offset: 7, received: 0 }));
  assert.equal(list[0].offset, 7);
  assert.match(titleOf(list[0], 'Release'), /Your reminder in .*Release/);
  assert.match(titleOf({ by, why: 'unsent', room: 'general' }, 'Release'), /Your message to .*Release.* was not sent/);
});

test('German has the texts of English, of the same kinds, and none in English', () => {
  const leaves = (value, path = '') => (typeof value === 'object' ? Object.entries(value).flatMap(([key, one]) => leaves(one, `${path}.${key}`)) : [[path, typeof value, value.length > 0]]);
  const [de, en] = [german(grammar('de')), english(grammar('en'))];
  assert.deepEqual(leaves(de), leaves(en));
  const texts = (value) => (typeof value === 'object' ? Object.values(value).flatMap(texts) : [value]);
  const source = texts(en);
  assert.deepEqual(texts(de).filter((text) => typeof text === 'string' && source.includes(text)), []);
});
