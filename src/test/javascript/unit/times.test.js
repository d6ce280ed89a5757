/** Times as people read them. */
process.env.TZ = 'Europe/Berlin';
import assert from 'node:assert/strict';
import test from 'node:test';
import { day, dayKey, deadline, full, untilMidnight } from '../../../main/webapp/chat/view/times.js';

const AT = '2026-11-27T17:40:31.000Z';

test('writes a deadline shorter than a full time, without weekday and seconds', () => {
  assert.ok(deadline(AT).length < full(AT).length);
  assert.ok(!deadline(AT).includes('31'));
  assert.equal(deadline(AT), deadline('2026-11-27T17:40:59.000Z'));
});

test('names today and yesterday, and the year of older days', () => {
  const now = new Date(2026, 10, 27, 12);
  assert.deepEqual([day(now, now), day(new Date(2026, 10, 26, 23), now)], ['Today', 'Yesterday']);
  assert.ok(day(new Date(2025, 1, 3), now).includes('2025'));
  assert.notEqual(dayKey(new Date(2026, 10, 26, 23)), dayKey(now));
});

test('counts days by the calendar when the clocks change', () => {
  // In 2026 they change on October 25 and March 29: that day has 25 hours, and 23.
  const late = new Date(2026, 9, 25, 23, 30);
  assert.deepEqual([day(new Date(2026, 9, 24, 23), late), day(new Date(2026, 9, 25, 0, 10), late)], ['Yesterday', 'Today']);
  const early = new Date(2026, 2, 30, 0, 30);
  assert.equal(day(new Date(2026, 2, 29, 0, 10), early), 'Yesterday');
  assert.equal(untilMidnight(new Date(2026, 9, 25)), 25 * 3_600_000);
});
