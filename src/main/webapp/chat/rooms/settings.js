/** The dialog that changes a room's name and topic, and how long it keeps messages. */
import { strings } from '../strings.js';
import { h } from '../view/dom.js';
import { FormDialog } from '../view/form-dialog.js';
import { ProfileFields } from './profile-fields.js';
import { keeps } from './retention.js';

export class RoomSettings {
  #dialog;
  #profile = new ProfileFields('settings', { 'aria-describedby': 'settings-about' });
  #room = '';
  #before = /** @type {Record<string, string>} */ ({});

  /** `change(room, {name?, topic?, retention?})` returns a promise that may reject with a Problem. `done()`: the dialog was closed. */
  constructor(change, done) {
    const fields = [...this.#profile.named, ...this.#profile.kept, h('p', { class: 'about', id: 'settings-about' }, strings.retentionAbout)];
    this.#dialog = new FormDialog({ id: 'settings-title', title: strings.roomSettings, fields, submit: strings.save }, () => change(this.#room, this.#changes()));
    this.node = this.#dialog.node;
    this.node.addEventListener('close', done);
  }

  open({ id, name, topic, retention }) {
    this.#room = id;
    this.#before = { name: name ?? '', topic: topic ?? '', retention: retention ?? 'forever' };
    const kept = this.#before.retention;
    const known = strings.retentions.some(([value]) => value === kept);
    this.#profile.show(/** @type {any} */ (this.#before), known ? strings.retentions : [[kept, keeps(kept)], ...strings.retentions]);
    this.#dialog.open(this.#profile.name);
  }

  /** Only what differs: another owner may change the rest at the same time. */
  #changes() {
    return Object.fromEntries(Object.entries(this.#profile.entered).filter(([key, value]) => value !== this.#before[key]));
  }
}
