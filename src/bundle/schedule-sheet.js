/** Takes the place of the client's module in the bundle: the style sheet is part of it. */
import schedule from './schedule.css';

export async function scheduleStyles() {
  return schedule;
}
