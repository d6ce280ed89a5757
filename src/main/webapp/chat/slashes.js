/** What the page loads when a person types a slash, or when a bot shows a form or answers privately. */
export { Answers } from './slash/answers.js';
export { carryOut, offered } from './slash/commands.js';
export { fillForm } from './slash/form.js';
export { slashWords } from './slash/words.js';
