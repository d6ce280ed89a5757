/** The form below a message or a private answer of a bot. Everything in it is plain text that a bot wrote. */
import { sentence } from '../strings.js';
import { fill, h, setAll, setText } from '../view/dom.js';
import { addStyles } from './styles.js';
import { slashWords } from './words.js';

const LONGEST = { line: 200, text: 2_000 };
let forms = 0;

/**
 * `press(action, values)` sends what was entered, and rejects with a Problem.
 *
 * @param {any} form
 * @param {(action: string, values: Record<string, string>) => Promise<any>} press
 * @returns {HTMLFormElement}
 */
export function formNode(form, press) {
  const id = `bot-form-${++forms}`;
  const words = slashWords();
  const fields = (form.fields ?? []).map((field, n) => ({ field, input: input(field, `${id}-${n}`) }));
  const said = h('p', { class: 'bot-said', role: 'status' });
  const buttons = form.buttons.map(({ action, label, style }) => h('button', { type: 'button', class: `bot-button ${STYLES[style] ?? ''}`, on: { click: () => pressed(action) } }, h('bdi', {}, label)));
  const node = h('form', { class: 'bot-form', on: { submit: (event) => event.preventDefault() } },
    ...fields.map(({ field, input: control }) => h('label', { class: 'bot-field' }, h('span', {}, h('bdi', {}, field.label), field.required && h('span', { class: 'needed' }, ` ${words.needed}`)), control)),
    h('div', { class: 'bot-buttons' }, buttons),
    said,
  );
  addStylesLater(node);

  async function pressed(action) {
    const missing = fields.find(({ field, input: control }) => field.required && !control.value.trim());
    for (const { input: control } of fields) setAll(control, { 'aria-invalid': control === missing?.input ? 'true' : null });
    if (missing) {
      setText(said, words.missing(missing.field.label));
      return missing.input.focus();
    }
    const values = Object.fromEntries(fields.filter(({ input: control }) => control.value !== '').map(({ field, input: control }) => [field.name, control.value]));
    // The focus stays on the button.
    for (const button of buttons) setAll(button, { 'aria-disabled': 'true' });
    if (node.hasAttribute('aria-busy')) return;
    setAll(node, { 'aria-busy': 'true' });
    setText(said, words.sending);
    try {
      await press(action, values);
      setText(said, words.pressed);
    } catch (problem) {
      setText(said, sentence(problem, words.problems));
    }
    setAll(node, { 'aria-busy': null });
    for (const button of buttons) setAll(button, { 'aria-disabled': null });
  }
  return node;
}

const STYLES = { primary: 'primary', danger: 'danger' };

function input({ kind, options = [], required }, id) {
  const named = { id, 'aria-required': required ? 'true' : null };
  if (kind === 'choice') return h('select', named, h('option', { value: '' }, slashWords().choose), ...options.map((option) => h('option', { value: option }, option)));
  if (kind === 'text') return h('textarea', { ...named, rows: '3', maxlength: LONGEST.text, dir: 'auto' });
  return h('input', { ...named, type: 'text', maxlength: LONGEST.line, dir: 'auto', autocomplete: 'off' });
}

/** The node is put into the page after it was made. */
function addStylesLater(node) {
  queueMicrotask(() => addStyles(node).catch(() => {}));
}

/** Fills the place of the form below a message. */
export function fillForm(place, { offset, form }, actions) {
  fill(place, formNode(form, (action, values) => actions.pressBot({ message: offset }, action, values)));
}
