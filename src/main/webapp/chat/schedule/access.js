/** The requests of scheduled messages and reminders. Each rejects with a Problem. */
import { newKey } from '../outbox.js';

const ANSWER_WITHIN = 15_000;

export class ScheduleAccess {
  #rest;

  /** @param {import('../rest.js').Rest} rest */
  constructor(rest) {
    this.#rest = rest;
  }

  /** `{messages, reminders}`, the earliest first. */
  async all() {
    const [messages, reminders] = await Promise.all([this.#call('GET', 'me/scheduled'), this.#call('GET', 'me/reminders')]);
    return { messages: messages.scheduled, reminders: reminders.reminders };
  }

  /** @param {string} room @param {any} message `{at, zone?, text, thread?, also?, mentions?, everyone?}` */
  add(room, message) {
    return this.#call('POST', `rooms/${encodeURIComponent(room)}/scheduled`, { id: newKey(), ...message });
  }

  change(id, change) {
    return this.#call('PATCH', `me/scheduled/${encodeURIComponent(id)}`, change);
  }

  send(id) {
    return this.#call('POST', `me/scheduled/${encodeURIComponent(id)}/send`);
  }

  cancel(id) {
    return this.#call('DELETE', `me/scheduled/${encodeURIComponent(id)}`);
  }

  /** @param {string} room @param {any} reminder `{line, zone}` or `{at, zone?, text?, offset?}` */
  remind(room, reminder) {
    return this.#call('POST', `rooms/${encodeURIComponent(room)}/reminders`, { id: newKey(), ...reminder });
  }

  cancelReminder(id) {
    return this.#call('DELETE', `me/reminders/${encodeURIComponent(id)}`);
  }

  async #call(method, path, body) {
    const response = await this.#rest.raw(method, path, {
      headers: { Accept: 'application/json', ...(body && { 'Content-Type': 'application/json' }) },
      body: body && JSON.stringify(body),
      cache: 'no-store',
      signal: AbortSignal.timeout(ANSWER_WITHIN),
    });
    return response.status === 204 ? {} : response.json();
  }
}
