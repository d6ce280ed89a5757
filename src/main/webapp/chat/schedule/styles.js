/** Adds the style sheet of scheduled messages and reminders to the element, once. */
import { sheetOf } from '../view/dom.js';
import { scheduleStyles } from './sheet.js';

export const addStyles = sheetOf(scheduleStyles);
