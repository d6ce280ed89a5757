/** A session's access to files: addresses, bytes and limits. */

const FILES = 'files';

export class FileAccess {
  #rest;
  #state;

  /** `state()` is the session's state. */
  constructor(rest, state) {
    this.#rest = rest;
    this.#state = state;
  }

  /** Whether the server takes files. */
  get on() {
    return this.#state().features.includes(FILES);
  }

  get rest() {
    return this.#rest;
  }

  /** Files of a message, and bytes of a file. */
  get limits() {
    const { files, file } = this.#state().limits;
    return { most: files ?? 10, size: file ?? Infinity };
  }

  /** The bytes at a path, as a Blob. */
  async blob(path) {
    return (await this.#rest.raw('GET', path)).blob();
  }

  /** An address of a file that needs no token, for a minute. */
  async link(id) {
    const { ticket } = await (await this.#rest.raw('POST', `files/${id}/ticket`)).json();
    const { url } = await this.#rest.address(`files/${id}`);
    return `${url}?ticket=${encodeURIComponent(ticket)}`;
  }

  /** The files of a room before a message, newest first, as `{files, more}`. */
  async list(room, before) {
    return (await this.#rest.raw('GET', `rooms/${room}/files${before ? `?before=${before}` : ''}`)).json();
  }

  /** The space that the person's files use, as `{used, most}` in bytes. */
  async usage() {
    return (await this.#rest.raw('GET', 'me/files')).json();
  }
}
