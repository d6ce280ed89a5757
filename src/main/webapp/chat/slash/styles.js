/** Adds the style sheet of bots to the element, once. */
import { sheetOf } from '../view/dom.js';
import { slashStyles } from './sheet.js';

export const addStyles = sheetOf(slashStyles);
