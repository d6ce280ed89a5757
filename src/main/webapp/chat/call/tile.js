/** One participant: picture or initials, name, what they show of themselves, and the state of the connection to them. */
import { avatar } from '../view/avatar.js';
import { fill, h, icon, setAll, setText } from '../view/dom.js';
import { callWords } from './words.js';

export class Tile {
  #retry;
  #blocked;
  #sink = '';
  #loud = false;

  /**
   * `retry()` connects again. `blocked()` is called if the browser holds the sound back.
   *
   * @param {{ person: any, screen?: boolean, retry: () => void, blocked: () => void }} options
   */
  constructor({ person, screen = false, retry, blocked }) {
    const words = callWords();
    this.#retry = retry;
    this.#blocked = blocked;
    this.screen = screen;
    this.video = h('video', { playsinline: true, autoplay: true, hidden: true });
    // Sound comes from the element for sound only.
    this.video.muted = true;
    this.audio = person.mine || screen ? null : h('audio', { autoplay: true });
    this.face = avatar(person);
    this.name = h('bdi', { class: 'name' });
    this.marks = h('span', { class: 'marks' });
    this.state = h('p', { class: 'state' });
    this.again = h('button', { type: 'button', class: 'link', hidden: true, on: { click: () => this.#retry() } }, words.again);
    this.float = h('button', { type: 'button', class: 'round float', 'aria-label': words.float, title: words.float, hidden: true, on: { click: () => this.#float() } }, icon('float'));
    this.node = h('li', { class: screen ? 'tile screen' : 'tile', 'data-mine': Boolean(person.mine) }, this.video, this.audio, !screen && this.face, h('div', { class: 'trouble' }, this.state, this.again), this.float, h('p', { class: 'caption' }, this.name, this.marks));
  }

  /** Shows the participant; `media` are the tracks to see and to hear, `relayed` whether there is a TURN server. */
  update(person, { shown, video, sound = null, relayed = null }) {
    const words = callWords();
    const name = person.mine ? words.you : person.name || person.id;
    setText(this.name, this.screen ? (person.mine ? words.yourScreen : words.sharing(name)) : name);
    fill(this.marks, this.screen ? [] : [shown?.muted && mark('microphone-off', words.muted), shown?.hand && mark('hand', words.hand)]);
    this.#show(video);
    this.#hear(sound);
    const state = this.screen ? '' : stateOf(person);
    setAll(this.node, { 'data-state': state || null, 'data-hand': !this.screen && Boolean(shown?.hand) });
    setText(this.state, state ? textOf(state, person.peer, relayed) : '');
    this.again.hidden = state !== 'failed';
    this.float.hidden = !video || !document.pictureInPictureEnabled;
  }

  /** Uses this speaker; '' is the browser's. */
  speakThrough(id) {
    if (id === this.#sink || !this.audio?.setSinkId) return;
    this.#sink = id;
    // A speaker that was unplugged: the browser's remains.
    this.audio.setSinkId(id).catch(() => {});
  }

  loud(on) {
    if (on === this.#loud) return;
    this.#loud = on;
    setAll(this.node, { 'data-speaks': on });
  }

  /** Plays the sound that the browser held back. */
  play() {
    this.audio?.play().catch(() => {});
  }

  end() {
    this.video.srcObject = null;
    if (this.audio) this.audio.srcObject = null;
    this.node.remove();
  }

  #show(track) {
    this.video.hidden = !track;
    if (attach(this.video, track)) this.video.play?.().catch(() => {});
  }

  #hear(track) {
    if (!this.audio || !attach(this.audio, track)) return;
    this.audio.play?.().catch((problem) => problem.name === 'NotAllowedError' && this.#blocked());
  }

  #float() {
    this.video.requestPictureInPicture().catch(() => {});
  }
}

/** Gives an element this track. Returns whether it is another one. */
function attach(element, track) {
  const now = element.srcObject?.getTracks()[0] ?? null;
  if (now === track) return false;
  element.srcObject = track ? new MediaStream([track]) : null;
  return track !== null;
}

function mark(name, text) {
  return h('span', { class: `mark ${name}`, title: text }, icon(name), h('span', { class: 'spoken' }, text));
}

/** What is wrong with the connection to a participant, or ''. */
function stateOf({ mine, lost, peer }) {
  if (mine) return '';
  const phase = peer?.phase ?? 'connecting';
  if (phase === 'connected') return '';
  return lost ? 'lost' : phase;
}

function textOf(state, peer, relayed) {
  const words = callWords();
  if (state !== 'failed') return words.states[state];
  return peer.reason === 'unreachable' && relayed === false ? words.failures.noRelay : words.failures[peer.reason];
}
