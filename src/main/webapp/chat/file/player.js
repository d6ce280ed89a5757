/**
 * Plays audio and video. The address that the player reads from is valid for a minute, so the player gets a new one when the old one no
 * longer works, and goes on at the same place.
 */
import { strings } from '../strings.js';
import { h, icon, setAll, setText } from '../view/dom.js';
import { saveFile } from './cards.js';
import { bytes, kindOf } from './sizes.js';

const words = strings.files;
export const SPEEDS = [1, 1.5, 2];
const MOST_RENEWED = 20;

/** @returns {HTMLElement} */
export function player(file, access) {
  const video = kindOf(file) === 'video';
  const media = h(video ? 'video' : 'audio', { controls: true, preload: 'none', 'aria-label': words.play(file.name) });
  const failed = h('span', { class: 'failed', role: 'status' });
  const start = h('button', { type: 'button', class: 'play', 'aria-label': words.play(file.name) }, icon('play'));
  const speed = h('button', { type: 'button', class: 'speed', 'aria-label': words.speed(1) }, '1×');
  const save = h('button', { type: 'button', class: 'round', 'aria-label': words.save(file.name, bytes(file.size)), title: words.save(file.name, bytes(file.size)), on: { click: () => saveFile(file, access, failed) } }, icon('download'));
  const name = h('span', { class: 'about' }, h('bdi', { class: 'name' }, file.name), h('span', { class: 'size' }, bytes(file.size)));
  const row = h('div', { class: 'row' }, start, name, speed, save);
  const node = h('div', { class: video ? 'player video' : 'player', 'data-started': false }, row, failed);
  let renewed = 0;
  const renew = async (play) => {
    const at = media.currentTime;
    media.src = await access.link(file.id);
    if (at > 0) media.currentTime = at;
    if (play) await media.play();
  };
  start.addEventListener('click', async () => {
    setText(failed, '');
    try {
      setAll(node, { 'data-started': true });
      if (!media.isConnected) row.after(media);
      await renew(true);
      media.focus();
      start.hidden = true;
    } catch {
      setText(failed, words.cantPlay);
    }
  });
  media.addEventListener('error', () => {
    if (media.error?.code === MediaError.MEDIA_ERR_NETWORK && renewed++ < MOST_RENEWED) renew(!media.paused).catch(() => setText(failed, words.gone));
    else setText(failed, words.cantPlay);
  });
  speed.addEventListener('click', () => {
    const next = SPEEDS[(SPEEDS.indexOf(media.playbackRate) + 1) % SPEEDS.length];
    media.playbackRate = media.defaultPlaybackRate = next;
    setText(speed, `${next}×`);
    setAll(speed, { 'aria-label': words.speed(next) });
  });
  return node;
}
