/**
 * Reads a response of server-sent events (HTML Living Standard, section 9.2). `EventSource` itself can neither post nor send a token in a
 * header. It knows what Parley's server sends: `data` in one line, `event`, comments.
 */
export class EventReader {
  #rest = '';
  #event = '';

  /** The events in a piece of the response, as `{event, data}`; `event` is empty for frames. Comments and ids are passed over. */
  read(piece) {
    const lines = (this.#rest + piece).split('\n');
    this.#rest = lines.pop() ?? '';
    const found = [];
    for (const line of lines) {
      if (line.startsWith('event: ')) this.#event = line.slice(7);
      else if (line.startsWith('data: ')) found.push({ event: this.#event, data: line.slice(6) });
      else if (line === '') this.#event = '';
    }
    return found;
  }
}
