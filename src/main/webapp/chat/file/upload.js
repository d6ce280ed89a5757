/**
 * Uploads one file by tus 1.0 (tus.io). A lost connection or a restarted server is no failure: the upload asks how much has arrived and
 * continues from there until the person cancels it.
 */
import { delay, sleep } from '../backoff.js';
import { Problem } from '../problem.js';

const TUS = { 'Tus-Resumable': '1.0.0' };
/** While the virus scanner has not answered, the file can't be sent. */
const LOOK_EVERY = 2_000;
/** Bytes of a request where only the end of a request is seen. */
const PIECE = 1 << 20;

export class Upload {
  #rest;
  #room;
  #file;
  #progress;
  #path = '';
  #request = /** @type {{ abort: () => void } | null} */ (null);
  #cancelled = false;

  /**
   * `progress(sent)` is called with the number of bytes that have arrived, and with `null` while the server checks the file.
   *
   * @param {{ rest: any, room: string, file: File, progress: (sent: number | null) => void, wait?: (milliseconds: number) => Promise<void> }} options
   */
  constructor({ rest, room, file, progress, wait = sleep }) {
    this.#rest = rest;
    this.#room = room;
    this.#file = file;
    this.#progress = progress;
    this.wait = wait;
  }

  /** Resolves to the file as messages carry it, or to null once it is cancelled. A refusal is a Problem. */
  async run() {
    for (let failures = 0; !this.#cancelled; ) {
      try {
        if (this.#path === '') await this.#create();
        // It was cancelled before it was known what to delete.
        if (this.#cancelled) {
          this.cancel();
          return null;
        }
        const sent = await this.#offset();
        if (sent < this.#file.size) await (globalThis.XMLHttpRequest ? this.#send(sent) : this.#sendPieces(sent));
        return await this.#described();
      } catch (problem) {
        if (this.#cancelled) return null;
        if (!(problem instanceof Problem) || !problem.temporary) throw problem;
        await this.wait(problem.retryAfter ?? delay(failures++));
      }
    }
    return null;
  }

  /** Cancels the upload, and deletes what has arrived. */
  cancel() {
    this.#cancelled = true;
    this.#request?.abort();
    if (this.#path !== '') this.#rest.raw('DELETE', this.#path, { headers: TUS }).catch(() => {});
  }

  async #create() {
    const bytes = new TextEncoder().encode(this.#file.name);
    const name = btoa(String.fromCharCode(...bytes.subarray(0, 1_000)));
    const headers = { ...TUS, 'Upload-Length': String(this.#file.size), 'Upload-Metadata': `filename ${name}` };
    const response = await this.#rest.raw('POST', `rooms/${this.#room}/files`, { headers });
    this.#path = `rooms/${this.#room}/files/${response.headers.get('Location').split('/').at(-1)}`;
  }

  async #offset() {
    const response = await this.#rest.raw('HEAD', this.#path, { headers: TUS });
    return Number(response.headers.get('Upload-Offset'));
  }

  /** By XMLHttpRequest, because fetch doesn't tell how much was sent. */
  async #send(from) {
    const { url, token } = await this.#rest.address(this.#path);
    await new Promise((resolve, reject) => {
      const request = (this.#request = new XMLHttpRequest());
      request.open('PATCH', url);
      const headers = { ...TUS, Authorization: `Bearer ${token}`, 'Upload-Offset': String(from), 'Content-Type': 'application/offset+octet-stream' };
      for (const [header, value] of Object.entries(headers)) request.setRequestHeader(header, value);
      request.upload.addEventListener('progress', ({ loaded }) => this.#progress(Math.min(from + loaded, this.#file.size)));
      request.upload.addEventListener('load', () => this.#progress(null));
      request.addEventListener('loadend', () => (request.status >= 200 && request.status < 300 ? resolve(null) : reject(refusal(request))));
      request.send(this.#file.slice(from));
    });
    this.#request = null;
  }

  /** Node has no XMLHttpRequest: what was sent is known after each piece. */
  async #sendPieces(from) {
    for (let at = from; at < this.#file.size && !this.#cancelled; at += PIECE) {
      const { url, token } = await this.#rest.address(this.#path);
      const request = (this.#request = new AbortController());
      const body = this.#file.slice(at, at + PIECE);
      const headers = { ...TUS, Authorization: `Bearer ${token}`, 'Upload-Offset': String(at), 'Content-Type': 'application/offset+octet-stream' };
      const response = await fetch(url, { method: 'PATCH', headers, body, credentials: 'omit', signal: request.signal }).catch(() => null);
      if (!response?.ok) throw refusal({ status: response?.status ?? 0, responseText: (await response?.text().catch(() => '')) ?? '' });
      this.#progress(at + body.size);
    }
    this.#request = null;
  }

  async #described() {
    for (;;) {
      this.#progress(null);
      const { scanning, sha256: _, ...file } = await (await this.#rest.raw('GET', this.#path, { headers: TUS })).json();
      if (!scanning) return file;
      await this.wait(LOOK_EVERY);
      if (this.#cancelled) return null;
    }
  }
}

/** Without a response, or with one that says that another request is at work, the upload goes on later. */
function refusal({ status, responseText }) {
  let { code, detail } = /** @type {{ code?: string, detail?: string }} */ ({});
  try {
    ({ code, detail } = JSON.parse(responseText));
  } catch {
    // A proxy answered, or nobody.
  }
  const temporary = status === 0 || status === 401 || status === 409 || status === 429 || status >= 500;
  return new Problem({ code: code ?? 'unavailable', message: detail ?? '', temporary });
}
