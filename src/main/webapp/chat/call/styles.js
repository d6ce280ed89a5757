/** Adds the style sheet of calls to the element, once. */
import { sheetOf } from '../view/dom.js';
import { callStyles } from './sheet.js';

export const addStyles = sheetOf(callStyles);
