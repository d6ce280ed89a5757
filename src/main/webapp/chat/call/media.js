/**
 * One's own microphone, camera and screen in a call, and which devices they are. Nothing is on before the browser has asked the person. A
 * device that is taken away is replaced by another one if there is one. `end` turns everything off, also what the browser grants later.
 */

/** A picture that four people can send to each other over an ordinary line. */
const PICTURE = { width: { ideal: 640 }, height: { ideal: 360 }, frameRate: { max: 24 } };
const SOUND = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };
const SCREEN = { frameRate: { max: 15 } };
/** What the browser calls a device of each place. */
const DEVICES = { microphone: 'audioinput', camera: 'videoinput', speaker: 'audiooutput' };
const CHOSEN = 'devices';

/**
 * The state of a place: `failed` is why it has nothing. `denied`: the person or the page's policy refused; `missing`: no such device; `busy`: it
 * can't be used, as when another program has it; `unplugged`: it was taken away; `unsupported`: this browser or page can't.
 *
 * @typedef {{ track: MediaStreamTrack | null, asking: boolean, failed: '' | 'denied' | 'missing' | 'busy' | 'unplugged' | 'unsupported' }} Place
 */

export class Media {
  #devices;
  #own;
  #changed;
  #placed;
  #ended = false;
  /** How often each place was asked for. */
  #asked = { microphone: 0, camera: 0, screen: 0 };
  #list = /** @type {MediaDeviceInfo[]} */ ([]);
  #listener = () => this.#listDevices();

  muted = false;
  /** @type {Record<string, Place>} */
  places = { microphone: nothing(), camera: nothing(), screen: nothing() };

  /**
   * `devices` are the browser's `mediaDevices`, which insecure pages lack. `own()` is the person's LocalData or null. `changed()` is called
   * after each change, and `placed(place, track)` when a place has another track.
   *
   * @param {{ devices: any, own: () => any, changed: () => void, placed: (place: string, track: MediaStreamTrack | null) => void }} options
   */
  constructor({ devices, own, changed, placed }) {
    this.#devices = devices;
    this.#own = own;
    this.#changed = changed;
    this.#placed = placed;
    devices?.addEventListener?.('devicechange', this.#listener);
  }

  /** Asks for the microphone. */
  start() {
    return this.#open('microphone');
  }

  mute(on) {
    this.muted = on;
    const { track } = this.places.microphone;
    if (track) track.enabled = !on;
    this.#changed();
    // Who speaks again after a refusal wants to be asked again.
    if (!on && !track) return this.#open('microphone');
  }

  /** Turns the camera or the screen on or off. */
  async turn(place, on) {
    if (on) return this.#open(place);
    this.#asked[place]++;
    this.#put(place, null);
  }

  /** The devices of a kind, as `{ id, name, chosen }`. Without permission, they have no names. */
  choices(kind) {
    const chosen = this.#chosen(kind);
    return this.#list.filter((one) => one.kind === DEVICES[kind] && one.deviceId !== '').map(({ deviceId, label }) => ({ id: deviceId, name: label, chosen: deviceId === chosen }));
  }

  /** The chosen speaker, or '' for the browser's default. */
  get speaker() {
    return this.#chosen('speaker');
  }

  /** Uses another device from now on, also in later calls. */
  async choose(kind, id) {
    const chosen = new Map(this.#own()?.get('call', CHOSEN) ?? []);
    chosen.set(kind, id);
    this.#own()?.set([...chosen], 'call', CHOSEN);
    if (kind !== 'speaker' && this.places[kind].track) await this.#open(kind);
    this.#changed();
  }

  /** Lists the devices for `choices`. */
  async list() {
    await this.#listDevices();
  }

  end() {
    this.#ended = true;
    this.#devices?.removeEventListener?.('devicechange', this.#listener);
    for (const place of Object.keys(this.places)) {
      this.#asked[place]++;
      this.places[place].track?.stop();
      this.places[place] = nothing();
    }
  }

  #chosen(kind) {
    return new Map(this.#own()?.get('call', CHOSEN) ?? []).get(kind) ?? '';
  }

  async #open(place) {
    const ask = ++this.#asked[place];
    const before = this.places[place];
    if (!this.#can(place)) return this.#fails(place, 'unsupported');
    this.places[place] = { ...before, asking: true, failed: '' };
    this.#changed();
    try {
      const stream = await this.#get(place);
      const [track, ...others] = stream.getTracks();
      for (const other of others) other.stop();
      // Meanwhile the person left or decided otherwise.
      if (this.#ended || ask !== this.#asked[place]) return track.stop();
      track.addEventListener('ended', () => this.places[place].track === track && this.#lost(place));
      if (place === 'microphone') track.enabled = !this.muted;
      if (place === 'screen' && 'contentHint' in track) track.contentHint = 'detail';
      this.#put(place, track);
      this.#listDevices();
    } catch (problem) {
      if (!this.#ended && ask === this.#asked[place]) this.#fails(place, reasonOf(problem));
    }
  }

  #can(place) {
    return Boolean(place === 'screen' ? this.#devices?.getDisplayMedia : this.#devices?.getUserMedia);
  }

  /** The chosen device; any if it isn't there. */
  async #get(place) {
    if (place === 'screen') return this.#devices.getDisplayMedia({ video: SCREEN, audio: false });
    const [field, wishes] = place === 'camera' ? ['video', PICTURE] : ['audio', SOUND];
    const id = this.#chosen(place);
    if (!id) return this.#devices.getUserMedia({ [field]: wishes });
    try {
      return await this.#devices.getUserMedia({ [field]: { ...wishes, deviceId: { exact: id } } });
    } catch (problem) {
      if (!['OverconstrainedError', 'NotFoundError', 'NotReadableError'].includes(problem?.name)) throw problem;
      return this.#devices.getUserMedia({ [field]: wishes });
    }
  }

  /** The device was taken away, or the person ended the sharing in the browser. */
  async #lost(place) {
    this.#put(place, null);
    if (place === 'screen') return;
    await this.#open(place);
    if (!this.#ended && !this.places[place].track && this.places[place].failed === 'missing') this.#fails(place, 'unplugged');
  }

  #put(place, track) {
    const before = this.places[place].track;
    this.places[place] = { track, asking: false, failed: '' };
    if (before !== track) before?.stop();
    this.#placed(place, track);
    this.#changed();
  }

  #fails(place, failed) {
    const { track } = this.places[place];
    this.places[place] = { track, asking: false, failed };
    this.#changed();
  }

  async #listDevices() {
    try {
      this.#list = (await this.#devices?.enumerateDevices?.()) ?? [];
    } catch {
      this.#list = [];
    }
    if (!this.#ended) this.#changed();
  }
}

/** @returns {Place} */
function nothing() {
  return { track: null, asking: false, failed: '' };
}

/** @returns {Place['failed']} */
function reasonOf(problem) {
  if (problem?.name === 'NotAllowedError' || problem?.name === 'SecurityError') return 'denied';
  if (problem?.name === 'NotFoundError' || problem?.name === 'OverconstrainedError') return 'missing';
  return 'busy';
}
