/**
 * The call in which this page takes part: a part of the room's conversation while that room is open, and a small one that can be moved
 * while the person reads elsewhere, or wants it small.
 */
import { arrange, fill, h, icon, setAll, setText } from '../view/dom.js';
import { clockTime } from '../file/sizes.js';
import { serverNow } from '../clock.js';
import './icons.js';
import { Meter } from './meter.js';
import { Tile } from './tile.js';
import { callWords } from './words.js';

/** How often it is measured who speaks, in milliseconds, and from which level a voice is one. */
const LISTENS_EVERY = 250;
const VOICE = 0.015;
/** Pixels that an arrow key moves the small call. */
const STEP = 24;
const KEYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
/** What is announced of others, at most so much at once. */
const MOST_SAID = 3;

export class CallPanel {
  #actions;
  #calls;
  /** @type {Map<string, Tile>} */
  #tiles = new Map();
  #meter = new Meter();
  #timer = /** @type {any} */ (0);
  #small = false;
  #elsewhere = false;
  #speaker = '';
  #known = /** @type {Map<string, any> | null} */ (null);
  #place = { x: 0, y: 0 };
  #started = 0;

  /**
   * `actions` are `settings()`, `left()` and `open(room)`, which opens the room of the call.
   *
   * @param {any} actions
   * @param {import('./calls.js').Calls} calls
   */
  constructor(actions, calls) {
    const words = callWords();
    this.#actions = actions;
    this.#calls = calls;
    const button = (name, act, more = '') => h('button', { type: 'button', class: `control ${more}`, on: { click: () => act() } }, icon(name));
    this.handle = h('button', { type: 'button', class: 'round handle', 'aria-label': words.move, title: words.move, on: { keydown: (event) => this.#pressed(event) } }, icon('handle'));
    this.title = h('h3', { dir: 'auto' });
    this.time = h('span', { class: 'time', role: 'timer' });
    this.size = h('button', { type: 'button', class: 'round', on: { click: () => this.#resize() } });
    this.head = h('header', { on: { pointerdown: (event) => this.#drags(event) } }, this.handle, this.title, this.time, this.size);
    this.line = h('p', { class: 'line', role: 'status' });
    this.problem = h('p', { class: 'line problem', role: 'alert' });
    this.sound = h('button', { type: 'button', class: 'link', on: { click: () => this.#playAll() } }, words.sound);
    this.held = h('p', { class: 'line', hidden: true }, words.soundBlocked, ' ', this.sound);
    this.list = h('ul', { class: 'tiles', 'aria-label': words.people });
    this.mute = button('microphone', () => this.#mute());
    this.camera = button('camera', () => this.#turn('camera'));
    this.screen = button('screen', () => this.#turn('screen'), 'share');
    this.hand = button('hand', () => this.#call?.raise(!this.#call.hand));
    this.settings = button('gear', () => actions.settings(), 'settings');
    this.leave = button('phone-off', () => this.#leave(), 'leave');
    this.controls = h('div', { class: 'controls', role: 'group', 'aria-label': words.title }, this.mute, this.camera, this.screen, this.hand, this.settings, this.leave);
    this.said = h('div', { class: 'spoken', role: 'status' });
    // People who are out of view must be in reach of the keyboard.
    new ResizeObserver(() => this.#reach()).observe(this.list);
    this.node = h('section', { class: 'call', hidden: true }, this.head, this.line, this.problem, this.held, this.list, this.controls, this.said);
  }

  get #call() {
    const { current } = this.#calls;
    return current && current.phase !== 'over' ? current : null;
  }

  /** Draws the call. `room` is the open room, `name` the name of the call's room, `started` when the call began. */
  update({ room, name, started }) {
    const call = this.#call;
    this.node.hidden = !call;
    if (!call) return this.#ends();
    this.#timer ||= setInterval(() => this.#listen(), LISTENS_EVERY);
    this.#elsewhere = room !== call.room;
    this.#started = Date.parse(started);
    this.#drawSize(name);
    this.#drawTiles(call);
    this.#drawLines(call);
    this.#drawControls(call);
    this.#announce(call);
    this.#tick();
  }

  focus() {
    this.mute.focus();
  }

  /** The page shows no calls any more. */
  end() {
    this.#ends();
    this.node.remove();
  }

  /** Uses this speaker. */
  speakThrough(id) {
    for (const tile of this.#tiles.values()) tile.speakThrough(id);
  }

  #drawSize(name) {
    const words = callWords();
    const small = this.#isSmall;
    setAll(this.node, { 'aria-label': words.titleOf(name), 'data-small': small });
    setText(this.title, name);
    const label = small ? words.expand : words.collapse;
    if (this.size.title !== label) {
      setAll(this.size, { 'aria-label': label, title: label });
      fill(this.size, icon(small ? 'large' : 'small'));
    }
    this.handle.hidden = !small;
    if (small) this.#moveTo(this.#place.x, this.#place.y);
    else setAll(this.node, { style: null });
  }

  get #isSmall() {
    return this.#small || this.#elsewhere;
  }

  #drawTiles(call) {
    const people = call.people.length ? call.people : [{ id: '', participant: '', mine: true, peer: null, ...this.#actions.me() }];
    const [mine, others] = [people.filter((one) => one.mine), people.filter((one) => !one.mine)];
    const wanted = new Map();
    for (const person of [...others, ...mine]) {
      const media = mediaOf(call, person);
      if (media.screen) wanted.set(`screen ${person.participant}`, [person, { shown: media.shown, video: media.screen }]);
    }
    for (const person of [...others, ...mine]) {
      const media = mediaOf(call, person);
      wanted.set(`person ${person.participant}`, [person, { shown: media.shown, video: media.camera, sound: media.microphone, relayed: call.relayed }]);
    }
    for (const [key, tile] of [...this.#tiles]) if (!wanted.has(key)) this.#remove(key, tile);
    for (const [key, [person, media]] of wanted) this.#tile(key, person).update(person, media);
    arrange(this.list, [...wanted.keys()].map((key) => this.#tiles.get(key)?.node));
    setAll(this.list, { 'data-count': Math.min(wanted.size, 6), 'data-screen': [...wanted.keys()].some((key) => key.startsWith('screen')) });
    this.#chooseFirst([...wanted.keys()]);
    this.#reach();
    this.speakThrough(call.media.speaker);
  }

  #reach() {
    const { scrollHeight, clientHeight, scrollWidth, clientWidth } = this.list;
    setAll(this.list, { tabindex: scrollHeight > clientHeight || scrollWidth > clientWidth ? '0' : null });
  }

  #tile(key, person) {
    let tile = this.#tiles.get(key);
    if (!tile) {
      tile = new Tile({ person, screen: key.startsWith('screen'), retry: () => this.#call?.retry(person.participant), blocked: () => (this.held.hidden = false) });
      this.#tiles.set(key, tile);
    }
    return tile;
  }

  #remove(key, tile) {
    tile.end();
    this.#tiles.delete(key);
  }

  /** The small call shows one: a screen, who spoke last, or the first of the others. */
  #chooseFirst(keys) {
    const first = keys.find((key) => key.startsWith('screen')) ?? (keys.includes(this.#speaker) ? this.#speaker : keys[0]);
    for (const [key, tile] of this.#tiles) setAll(tile.node, { 'data-first': key === first });
  }

  #drawLines(call) {
    const words = callWords();
    const { microphone, camera, screen } = call.media.places;
    const alone = call.people.length === 1;
    setText(this.line, call.phase === 'joining' ? words.joining : call.phase === 'returning' ? words.returning : alone ? words.alone : '');
    const problem = words.microphone[microphone.failed] ?? words.cameraProblem[camera.failed] ?? words.screenProblem[screen.failed] ?? '';
    setText(this.problem, problem);
  }

  #drawControls(call) {
    const words = callWords();
    const { microphone, camera, screen } = call.media.places;
    const silent = call.media.muted || !microphone.track;
    set(this.mute, { name: silent ? 'microphone-off' : 'microphone', label: !microphone.track && microphone.failed ? words.allowMicrophone : silent ? words.unmute : words.mute, on: !silent, busy: microphone.asking });
    set(this.camera, { name: camera.track ? 'camera' : 'camera-off', label: camera.track ? words.cameraOff : words.camera, on: Boolean(camera.track), busy: camera.asking });
    set(this.screen, { name: 'screen', label: screen.track ? words.screenOff : words.screen, on: Boolean(screen.track), busy: screen.asking });
    this.screen.hidden = !call.canShare;
    set(this.hand, { name: 'hand', label: call.hand ? words.lower : words.raise, on: call.hand });
    set(this.settings, { name: 'gear', label: words.settings });
    set(this.leave, { name: 'phone-off', label: words.leave });
  }

  /** Who joined or left, raised a hand or shares a screen. What was so before the person joined is not announced. */
  #announce(call) {
    if (call.phase !== 'in') return;
    const words = callWords();
    const now = new Map(call.people.filter(({ mine }) => !mine).map((one) => [one.participant, { name: one.name || one.id, hand: Boolean(one.peer?.shown?.hand), screen: Boolean(one.peer?.shown?.screen) }]));
    const before = this.#known;
    this.#known = now;
    if (!before) return;
    const said = [];
    for (const [id, one] of now) {
      const was = before.get(id);
      if (!was) said.push(words.joined(one.name));
      if (was && one.hand && !was.hand) said.push(words.raised(one.name));
      if (was && one.screen && !was.screen) said.push(words.shares(one.name));
    }
    for (const [id, one] of before) if (!now.has(id)) said.push(words.left(one.name));
    if (said.length) fill(this.said, said.slice(-MOST_SAID).map((text) => h('p', {}, text)));
  }

  #listen() {
    const call = this.#call;
    if (!call) return;
    this.#meter.follow(call.media.places.microphone.track);
    for (const person of call.people) {
      const key = `person ${person.participant}`;
      const silent = person.mine ? call.media.muted : person.peer?.shown?.muted;
      const level = person.mine ? this.#meter.level : (person.peer?.level ?? 0);
      const loud = !silent && level > VOICE;
      this.#tiles.get(key)?.loud(loud);
      if (loud && !person.mine) this.#speaker = key;
    }
    if (this.#isSmall) this.#chooseFirst([...this.#tiles.keys()]);
    this.#tick();
  }

  #tick() {
    const passed = (serverNow() - this.#started) / 1_000;
    setText(this.time, passed >= 0 ? clockTime(passed) : '');
  }

  #mute() {
    const { media } = this.#call ?? {};
    if (!media) return;
    const silent = media.muted || !media.places.microphone.track;
    media.mute(!silent);
  }

  #turn(place) {
    const { media } = this.#call ?? {};
    media?.turn(place, !media.places[place].track);
  }

  #leave() {
    this.#call?.leave();
    this.#actions.left();
  }

  /** From elsewhere, the room of the call is opened. */
  #resize() {
    if (this.#elsewhere) {
      this.#small = false;
      return this.#actions.open(this.#call?.room);
    }
    this.#small = !this.#small;
    this.#actions.redraw();
  }

  #playAll() {
    this.held.hidden = true;
    for (const tile of this.#tiles.values()) tile.play();
  }

  #pressed(event) {
    const step = KEYS[event.key];
    if (!step) return;
    event.preventDefault();
    this.#moveTo(this.#place.x + step[0] * STEP, this.#place.y + step[1] * STEP);
  }

  /** A press beside the buttons moves the small call. */
  #drags(event) {
    if (!this.#isSmall || event.button !== 0 || event.target.closest('button:not(.handle)')) return;
    const [place, scale] = [this.#place, this.#scale];
    const moves = ({ clientX, clientY }) => this.#moveTo(place.x + (clientX - event.clientX) / scale, place.y + (clientY - event.clientY) / scale);
    const ends = () => {
      this.head.removeEventListener('pointermove', moves);
      this.head.removeEventListener('pointerup', ends);
      this.head.removeEventListener('pointercancel', ends);
    };
    this.head.setPointerCapture(event.pointerId);
    this.head.addEventListener('pointermove', moves);
    this.head.addEventListener('pointerup', ends);
    this.head.addEventListener('pointercancel', ends);
  }

  /** How large a pixel of the call is in the window: a portal may be scaled. */
  get #scale() {
    return this.node.getBoundingClientRect().width / this.node.offsetWidth || 1;
  }

  /** Moves it from its corner by so many pixels, but not out of the element. */
  #moveTo(x, y) {
    const around = this.node.offsetParent?.getBoundingClientRect();
    const own = this.node.getBoundingClientRect();
    if (!around) return;
    const scale = this.#scale;
    const corner = { x: own.left - this.#place.x * scale, y: own.top - this.#place.y * scale };
    const within = (at, least, most) => Math.max(Math.min(at, most / scale), Math.min(least, most) / scale);
    const next = { x: within(x, around.left - corner.x, around.right - own.width - corner.x), y: within(y, around.top - corner.y, around.bottom - own.height - corner.y) };
    this.#place = next;
    this.node.style.translate = `${next.x}px ${next.y}px`;
  }

  #ends() {
    clearInterval(this.#timer);
    this.#timer = 0;
    this.#meter.end();
    for (const [key, tile] of [...this.#tiles]) this.#remove(key, tile);
    this.#known = null;
    this.#small = false;
    this.#place = { x: 0, y: 0 };
    this.node.style.translate = '';
    this.held.hidden = true;
    this.said.replaceChildren();
  }
}

/** What a participant shows and sends: oneself from one's devices, others by what they say. A client that says nothing shows what it sends. */
function mediaOf(call, { mine, peer }) {
  if (mine) {
    const { microphone, camera, screen } = call.media.places;
    return { shown: { muted: call.media.muted || !microphone.track, hand: call.hand }, camera: camera.track, screen: screen.track, microphone: null };
  }
  const { shown = null, tracks = {} } = peer ?? {};
  const seen = (place) => (tracks[place] && (shown ? shown[place] : !tracks[place].muted) ? tracks[place] : null);
  return { shown, camera: seen('camera'), screen: seen('screen'), microphone: tracks.microphone ?? null };
}

/**
 * A button of the toolbar: its icon, its label, and whether it is on.
 *
 * @param {HTMLElement} button
 * @param {{ name: string, label: string, on?: boolean | null, busy?: boolean }} shown
 */
function set(button, { name, label, on = null, busy = false }) {
  if (button.dataset.icon !== name) {
    button.dataset.icon = name;
    button.querySelector('.icon')?.replaceWith(icon(name));
  }
  setAll(button, { 'aria-label': label, title: label, 'data-on': on === null ? null : String(on), 'aria-busy': busy || null });
}
