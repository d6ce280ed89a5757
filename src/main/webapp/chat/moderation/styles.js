/** Adds the style sheet of the moderation dialog to the element, once. */
import { sheetOf } from '../view/dom.js';
import { moderationStyles } from './sheet.js';

export const addStyles = sheetOf(moderationStyles);
