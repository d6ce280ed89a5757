/** The dialog that changes a room's name and topic, how long it keeps messages, and who may post. */
import { strings } from '../strings.js';
import { h } from '../view/dom.js';
import { FormDialog } from '../view/form-dialog.js';
import { ProfileFields } from './profile-fields.js';
import { aboutLimits, retentionChoices } from './retention.js';

function choices(select, pairs, chosen) {
  select.replaceChildren(...pairs.map(([value, text]) => h('option', { value: String(value) }, text)));
  select.value = String(chosen);
}

export class RoomSettings {
  #dialog;
  #profile = new ProfileFields('settings', { 'aria-describedby': 'settings-about' });
  #about = h('p', { class: 'about', id: 'settings-about' });
  #limits;
  #room = '';
  #before = /** @type {Record<string, string | number>} */ ({});
  #posting = h('select', { id: 'settings-posting' });
  #slow = h('select', { id: 'settings-slow' });

  /**
   * `change(room, {name?, topic?, retention?, posting?, slow?})` returns a promise that may reject with a Problem. `done()`: the dialog was
   * closed. `limits()`: what the installation lets rooms keep.
   */
  constructor(change, done, limits) {
    this.#limits = limits;
    const fields = [...this.#profile.named, ...this.#profile.kept, this.#about, h('label', { for: 'settings-posting' }, strings.roomPosting),
      this.#posting, h('label', { for: 'settings-slow' }, strings.slowMode), this.#slow];
    this.#dialog = new FormDialog({ id: 'settings-title', title: strings.roomSettings, fields, submit: strings.save }, () => change(this.#room, this.#changes()));
    this.node = this.#dialog.node;
    this.node.addEventListener('close', done);
  }

  open({ id, name, topic, retention, posting, slow }) {
    const limits = this.#limits();
    this.#room = id;
    this.#before = { name: name ?? '', topic: topic ?? '', retention: retention ?? 'forever', posting: posting ?? 'everyone', slow: slow ?? 0 };
    this.#about.textContent = aboutLimits(limits);
    this.#profile.show(/** @type {any} */ (this.#before), retentionChoices(limits, String(this.#before.retention)));
    choices(this.#posting, strings.postings, this.#before.posting);
    const pauses = strings.slowModes.some(([seconds]) => Number(seconds) === (slow ?? 0)) ? strings.slowModes : [...strings.slowModes, [slow, strings.slowOther(slow)]];
    choices(this.#slow, pauses, this.#before.slow);
    this.#dialog.open(this.#profile.name);
  }

  /** Only what differs: another owner may change the rest at the same time. */
  #changes() {
    const entered = { ...this.#profile.entered, posting: this.#posting.value, slow: Number(this.#slow.value) };
    return Object.fromEntries(Object.entries(entered).filter(([key, value]) => value !== this.#before[key]));
  }
}
