/** The dialog in which somebody is made a member by user id. */
import { rolesToGive } from '../authority.js';
import { strings } from '../strings.js';
import { h } from './dom.js';
import { FormDialog } from './form-dialog.js';

export class Invite {
  #dialog;

  /** `invite(user, role)` gives a promise that rejects with a Problem. */
  constructor(invite) {
    this.user = h('input', { id: 'invited', required: true, pattern: '.*\\S.*', maxlength: '255', autocomplete: 'off', autocapitalize: 'none', spellcheck: 'false' });
    this.role = h('select', { id: 'invited-role' });
    const fields = [h('label', { for: 'invited' }, strings.userId), this.user, h('label', { for: 'invited-role' }, strings.role), this.role];
    const looks = { id: 'invite-title', title: strings.invite, about: strings.inviteAbout, fields, submit: strings.inviteNow, words: strings.ruling };
    this.#dialog = new FormDialog(looks, () => invite(this.user.value.trim(), this.role.value));
    this.node = this.#dialog.node;
  }

  /** `role` is the inviter's own. */
  open(role) {
    this.user.value = '';
    this.role.replaceChildren(...rolesToGive(role).map((value) => h('option', { value }, strings.roleNames[value])));
    this.role.value = 'member';
    this.#dialog.open(this.user);
  }
}
