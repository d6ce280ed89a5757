/** The dialog that changes a room's name and topic, and how long it keeps messages. */
import { strings } from '../strings.js';
import { h } from '../view/dom.js';
import { FormDialog } from '../view/form-dialog.js';
import { ProfileFields } from './profile-fields.js';
import { aboutLimits, retentionChoices } from './retention.js';

export class RoomSettings {
  #dialog;
  #profile = new ProfileFields('settings', { 'aria-describedby': 'settings-about' });
  #about = h('p', { class: 'about', id: 'settings-about' });
  #room = '';
  #before = /** @type {Record<string, string>} */ ({});

  #limits;

  /**
   * `change(room, {name?, topic?, retention?})` returns a promise that may reject with a Problem. `done()`: the dialog was closed.
   * `limits()`: what the installation lets rooms keep.
   */
  constructor(change, done, limits) {
    this.#limits = limits;
    const fields = [...this.#profile.named, ...this.#profile.kept, this.#about];
    this.#dialog = new FormDialog({ id: 'settings-title', title: strings.roomSettings, fields, submit: strings.save }, () => change(this.#room, this.#changes()));
    this.node = this.#dialog.node;
    this.node.addEventListener('close', done);
  }

  open({ id, name, topic, retention }) {
    const limits = this.#limits();
    this.#room = id;
    this.#before = { name: name ?? '', topic: topic ?? '', retention: retention ?? 'forever' };
    this.#about.textContent = aboutLimits(limits);
    this.#profile.show(/** @type {any} */ (this.#before), retentionChoices(limits, this.#before.retention));
    this.#dialog.open(this.#profile.name);
  }

  /** Only what differs: another owner may change the rest at the same time. */
  #changes() {
    return Object.fromEntries(Object.entries(this.#profile.entered).filter(([key, value]) => value !== this.#before[key]));
  }
}
