/** What follows /remind: the server reads it, and knows the calendar of the reader's time zone. */
import { sentence } from '../strings.js';
import { deadline } from '../view/times.js';
import { ScheduleAccess } from './access.js';
import { zone } from './times.js';
import { scheduleWords } from './words.js';

/**
 * Resolves to `{said, again?}`: what to tell the person, and whether the line was wrong.
 *
 * @param {import('../rest.js').Rest} rest
 * @param {string} room
 * @param {string} line
 */
export async function remindOf(rest, room, line) {
  try {
    const { at } = await new ScheduleAccess(rest).remind(room, { line, zone: zone() });
    return { said: scheduleWords().reminded(deadline(at)) };
  } catch (problem) {
    return { said: problem.code === 'bad_request' ? scheduleWords().usage : sentence(problem, scheduleWords().problems), again: true };
  }
}
