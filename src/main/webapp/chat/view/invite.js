/** The dialog that adds a person to the room by user id. */
import { rolesToGive } from '../authority.js';
import { strings } from '../strings.js';
import { h } from './dom.js';
import { FormDialog } from './form-dialog.js';

export class Invite {
  #dialog;
  #invite = /** @type {(user: string, role: string) => Promise<any>} */ (async () => {});

  constructor() {
    this.user = h('input', { id: 'invited', required: true, pattern: '.*\\S.*', maxlength: '255', autocomplete: 'off', autocapitalize: 'none', spellcheck: 'false' });
    this.role = h('select', { id: 'invited-role' });
    const fields = [h('label', { for: 'invited' }, strings.userId), this.user, h('label', { for: 'invited-role' }, strings.role), this.role];
    const options = { id: 'invite-title', title: strings.invite, about: strings.inviteAbout, fields, submit: strings.inviteNow, words: strings.moderation };
    this.#dialog = new FormDialog(options, () => this.#invite(this.user.value.trim(), this.role.value));
    this.node = this.#dialog.node;
  }

  /** `role` is the role of the person who invites. `invite(user, role)` returns a promise that may reject with a Problem. */
  open(role, invite) {
    this.#invite = invite;
    this.user.value = '';
    this.role.replaceChildren(...rolesToGive(role).map((value) => h('option', { value }, strings.roleNames[value])));
    this.role.value = 'member';
    this.#dialog.open(this.user);
  }
}
