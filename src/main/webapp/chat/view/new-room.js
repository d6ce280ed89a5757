/** The dialog that creates a room. */
import { ProfileFields } from '../rooms/profile-fields.js';
import { aboutLimits, retentionChoices } from '../rooms/retention.js';
import { strings } from '../strings.js';
import { h } from './dom.js';
import { FormDialog } from './form-dialog.js';

export class NewRoom {
  #dialog;
  #profile = new ProfileFields('room', { 'aria-describedby': 'room-about' });
  #about = h('p', { class: 'about', id: 'room-about' });

  /** `create({name, kind, topic?, retention})` returns a promise that may reject with a Problem. */
  constructor(create) {
    this.kind = h('select', { id: 'room-kind' }, strings.kinds.map(([value, text]) => h('option', { value }, text)));
    const fields = [...this.#profile.named, h('label', { for: 'room-kind' }, strings.roomKind), this.kind, ...this.#profile.kept, this.#about];
    this.#dialog = new FormDialog({ id: 'new-room-title', title: strings.newRoom, fields, submit: strings.createRoom, words: strings.creating }, () => this.#create(create));
    this.node = this.#dialog.node;
  }

  /** @param {import('../types.d.ts').KeptLimits} [limits] what the installation lets rooms keep */
  open(limits) {
    this.#about.textContent = aboutLimits(limits);
    this.#profile.show({ retention: limits?.default ?? strings.retentions[0][0] }, retentionChoices(limits));
    this.kind.selectedIndex = 0;
    this.#dialog.open(this.#profile.name);
  }

  async #create(create) {
    const { topic, ...rest } = this.#profile.entered;
    await create({ ...rest, kind: this.kind.value, ...(topic && { topic }) });
  }
}
