/** Adds the style sheet of rules and approvals to the element, once. */
import { sheetOf } from '../view/dom.js';
import { moderationStyles } from './sheet.js';

export const addStyles = sheetOf(moderationStyles);
