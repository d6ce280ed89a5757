/** What shows a file: a picture, a player, or a card to save it. */
import { strings } from '../strings.js';
import { h, icon } from '../view/dom.js';
import { picture } from './bytes.js';
import { open as openLightbox } from './lightbox.js';
import { badge, bytes, kindOf } from './sizes.js';
import { player } from './player.js';
import { LARGEST, voice } from './voice.js';

const words = strings.files;
/** A download has begun by then. */
const KEPT_FOR = 60_000;

/**
 * Fills the places of a message's files.
 *
 * @param {HTMLElement[]} places
 * @param {any[]} files
 * @param {any} actions
 */
export function fill(places, files, actions) {
  const access = actions.files?.() ?? null;
  const pictures = files.filter((file) => kindOf(file) === 'picture');
  for (const [n, place] of places.entries()) place.replaceChildren(filled(files[n], pictures, access));
}

function filled(file, pictures, access) {
  switch (kindOf(file)) {
    case 'picture':
      return thumbnail(file, pictures, access);
    case 'sound':
      return file.size <= LARGEST ? voice(file, access) : player(file, access);
    case 'video':
      return player(file, access);
    default:
      return card(file, access);
  }
}

/** Opens the pictures of the message, at this one. */
function thumbnail(file, pictures, access) {
  const image = h('img', { alt: file.name, decoding: 'async' });
  const open = () => openLightbox(button, pictures, pictures.indexOf(file), access);
  const button = h('button', { type: 'button', class: 'thumbnail', title: file.name, 'aria-label': words.openPicture(file.name), on: { click: open } }, image);
  if (access) picture(access, `files/${file.id}/thumbnail`, image).catch(() => button.classList.add('broken'));
  return button;
}

/** @returns {HTMLElement} */
export function card(file, access) {
  const about = h('span', { class: 'about' }, h('bdi', { class: 'name' }, file.name), h('span', { class: 'size' }, bytes(file.size)));
  const failed = h('span', { class: 'failed', role: 'status' });
  const save = h('button', { type: 'button', class: 'file-card', 'aria-label': words.save(file.name, bytes(file.size)), title: file.name, on: { click: () => saveFile(file, access, failed) } }, h('span', { class: 'file-kind', 'aria-hidden': 'true' }, badge(file)), about, icon('download'));
  return h('div', { class: 'file-box' }, save, failed);
}

/**
 * By the browser's own download, which a ticket allows for a minute. On a page of another origin, the browser would open a picture in place
 * of the page, so the bytes are fetched first.
 */
export async function saveFile(file, access, failed) {
  failed.textContent = '';
  try {
    const address = await access.link(file.id);
    const elsewhere = new URL(address).origin !== location.origin;
    const href = elsewhere ? URL.createObjectURL(await access.blob(`files/${file.id}`)) : address;
    h('a', { href, download: file.name, rel: 'noopener' }).click();
    if (elsewhere) setTimeout(() => URL.revokeObjectURL(href), KEPT_FOR);
  } catch {
    failed.textContent = words.gone;
  }
}
