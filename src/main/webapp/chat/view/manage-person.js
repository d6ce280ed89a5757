/**
 * The dialog in which an owner or moderator changes a person's role, mute and access. Each field starts with its current value, and only
 * changed values are sent.
 */
import { isMuted, rolesToGive } from '../authority.js';
import { strings } from '../strings.js';
import { h, setAll, setText } from './dom.js';
import { FormDialog } from './form-dialog.js';
import { deadline } from './times.js';

const STAYS = 'stays';

export class ManagePerson {
  #dialog;
  #acts = /** @type {any} */ (null);
  #user = null;
  #before = {};

  /** `closed(user)` is called when the dialog closes. */
  constructor(closed) {
    this.role = choice('person-role');
    this.posting = choice('person-posting');
    this.access = choice('person-access', () => this.#chosen());
    const fields = [field(strings.role, this.role), field(strings.posting, this.posting), field(strings.access, this.access)];
    const options = { id: 'person-title', title: '', fields, submit: strings.save, words: strings.moderation };
    this.#dialog = new FormDialog(options, () => this.#save());
    this.node = this.#dialog.node;
    this.node.addEventListener('close', () => closed(this.#user));
  }

  /**
   * `role` is the moderator's own role. `person` is a member `{user, role, muted?}` or a ban `{user, role: 'banned', until?}`. `acts` are
   * `giveRole`, `mute`, `unmute`, `remove`, `ban` and `liftBan` in their room, each with the user id first.
   */
  open(person, role, acts) {
    this.#acts = acts;
    const banned = person.role === 'banned';
    this.#user = person.user.id;
    setText(this.#dialog.title, person.user.name || person.user.id);
    setText(this.#dialog.about, person.user.id);
    const roles = rolesToGive(role).map((value) => [value, strings.roleNames[value]]);
    offer(this.role, banned ? [] : roles, person.role);
    offer(this.posting, banned || person.role === 'guest' ? [] : postingOf(person), isMuted(person) ? STAYS : '');
    offer(this.access, banned ? accessOfBanned(person) : strings.accesses, STAYS);
    this.#before = { role: this.role.value, posting: this.posting.value };
    this.#chosen();
    this.#dialog.open(banned ? this.access : this.role);
  }

  /** A person who is removed or banned needs no role. */
  #chosen() {
    const goes = this.access.value !== STAYS;
    setAll(this.role, { disabled: goes });
    setAll(this.posting, { disabled: goes });
    this.#dialog.submit.classList.toggle('grave', goes && this.access.value !== 'lift');
  }

  async #save() {
    const { giveRole, mute, unmute } = this.#acts;
    const [user, before] = [this.#user, this.#before];
    // The dialog may show another person when the server answers.
    const [access, role, posting] = [this.access, this.role, this.posting].map(({ value }) => value);
    if (access !== STAYS) return this.#sendAway(access);
    if (role !== before.role) await giveRole(user, role);
    before.role = role;
    if (posting === before.posting) return;
    await (posting ? mute(user, Number(posting)) : unmute(user));
  }

  async #sendAway(access) {
    const { remove, ban, liftBan } = this.#acts;
    if (access === 'lift') await liftBan(this.#user);
    else if (access === 'remove') await remove(this.#user);
    else await ban(this.#user, access === 'ban' ? null : Number(access));
  }
}

function choice(id, change = () => {}) {
  return h('select', { id, on: { change } });
}

function field(label, select) {
  return h('div', { class: 'field' }, h('label', { for: select.id }, label), select);
}

/** Fills the select, and hides it if there are no options. */
function offer(select, options, value) {
  select.parentNode.hidden = options.length === 0;
  select.replaceChildren(...options.map(([name, text]) => h('option', { value: name }, text)));
  select.value = value;
}

function postingOf(person) {
  return [['', strings.canPost], ...(isMuted(person) ? [[STAYS, strings.mutedUntil(deadline(person.muted))]] : []), ...strings.mutes];
}

function accessOfBanned({ until }) {
  return [[STAYS, until ? strings.bannedUntil(deadline(until)) : strings.bannedPermanently], ['lift', strings.liftBan]];
}
