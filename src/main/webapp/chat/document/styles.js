/** Adds the style sheet of documents to the element, once. */
import { sheetOf } from '../view/dom.js';
import { documentStyles } from './sheet.js';

export const addStyles = sheetOf(documentStyles);
