/** Fields, dialogs with a form, confirmation, and a secret that is shown once. */
import { h, setText } from '../../chat/view/dom.js';
import { strings } from '../../chat/strings.js';
import { words } from '../words.js';
import { sentence } from './problem.js';

let made = 0;

/**
 * A field with its label. `type` is an input's type, `textarea`, or `select` with `options` as `[value, text]`; `hint` stands below.
 *
 * @param {{ name: string, label: string, type?: string, options?: [string, string][], value?: any, hint?: string, required?: boolean,
 *   maxlength?: number, min?: number | string, max?: number | string, placeholder?: string,
 *   minlength?: number, pattern?: string, accept?: string }} field
 */
export function field({ name, label, type = 'text', options, value, hint, ...attributes }) {
  const id = `field-${++made}`;
  const described = hint ? { 'aria-describedby': `${id}-hint` } : {};
  const base = { id, name, ...described, ...attributes };
  let control;
  if (type === 'select') control = h('select', base, (options ?? []).map(([one, text]) => h('option', { value: one, selected: one === value }, text)));
  else if (type === 'textarea') control = h('textarea', { rows: 4, ...base, dir: 'auto' }, value ?? '');
  else control = h('input', { type, dir: 'auto', ...base, value: type === 'checkbox' ? 'true' : value, checked: type === 'checkbox' && Boolean(value) });
  if (type !== 'checkbox' && type !== 'select' && value !== undefined) control.value = value;
  const kind = type === 'checkbox' ? 'field check' : 'field';
  return h('div', { class: kind }, h('label', { for: id }, label), control, hint && h('p', { class: 'hint', id: `${id}-hint` }, hint));
}

/** The values of a form by name: texts without blanks around them, numbers and true or false; empty fields are left out. */
export function values(form) {
  const read = {};
  for (const control of form.elements) {
    if (!control.name) continue;
    if (control.type === 'checkbox') read[control.name] = control.checked;
    else if (control.value.trim() !== '') read[control.name] = control.type === 'number' ? Number(control.value) : control.value.trim();
  }
  return read;
}

/**
 * Opens a dialog with a form. `act(values)` sends it and may reject with a Problem, which the dialog shows. Resolves to what `act` resolved
 * to, or to undefined if the person cancelled. Escape closes it, and the focus returns to where it was.
 *
 * @param {{ title: string, about?: string, fields?: any[], submit: string, grave?: boolean, problems?: Record<string, string> }} form
 * @param {(values: any) => unknown} act
 * @returns {Promise<any>}
 */
export function ask({ title, about = '', fields = [], submit, grave = false, problems = {} }, act) {
  const before = document.activeElement;
  const id = `dialog-${++made}`;
  const problem = h('p', { class: 'problem', role: 'alert' });
  const send = h('button', { type: 'submit', class: grave ? 'primary grave' : 'primary' }, submit);
  const cancel = h('button', { type: 'button', on: { click: () => dialog.close() } }, strings.cancel);
  let result;
  const form = h('form', { on: { submit: submitted } }, h('h2', { id, dir: 'auto' }, title), about && h('p', { class: 'lead', dir: 'auto' }, about), fields.map((one) => (one instanceof Node ? one : field(one))), problem, h('footer', {}, cancel, send));
  const dialog = h('dialog', { 'aria-labelledby': id }, form);

  async function submitted(event) {
    event.preventDefault();
    send.disabled = true;
    setText(problem, '');
    try {
      result = (await act(values(form))) ?? true;
      dialog.close();
    } catch (cause) {
      setText(problem, sentence(cause, problems));
    } finally {
      send.disabled = false;
    }
  }

  return opened(dialog, fields.length ? form.querySelector('input, select, textarea') : cancel, before, () => result);
}

/** Asks before something that can't be undone; the focus is on the button that cancels. */
export function confirm(title, about, submit, act) {
  return ask({ title, about, submit, grave: true }, act);
}

/** Shows a secret once, to copy it. */
export function secret(title, about, text) {
  const before = document.activeElement;
  const id = `dialog-${++made}`;
  const shown = h('input', { type: 'text', readonly: true, value: text, dir: 'ltr', class: 'secret', 'aria-labelledby': id, on: { focus: () => shown.select() } });
  const close = h('button', { type: 'button', class: 'primary', on: { click: () => dialog.close() } }, words.close);
  const dialog = h('dialog', { 'aria-labelledby': id }, h('form', {}, h('h2', { id, dir: 'auto' }, title), h('p', { class: 'lead' }, about), shown, h('footer', {}, close)));
  return opened(dialog, shown, before, () => true);
}

/** @param {any} dialog @param {any} first @param {any} before @param {() => any} result */
function opened(dialog, first, before, result) {
  document.body.append(dialog);
  dialog.showModal();
  first.focus();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      dialog.remove();
      before?.focus?.();
      resolve(result());
    });
  });
}
