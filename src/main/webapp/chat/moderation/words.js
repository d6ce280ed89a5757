/** The texts of reports, approvals and rules, in the language of the page. They come with the code that shows them. */
import { wordsOf } from '../strings.js';
import { words as de } from './language/de.js';
import { words as en } from './language/en.js';

export const moderationWords = wordsOf({ de, en });
