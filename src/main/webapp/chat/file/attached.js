/**
 * The files of a message. Their space is reserved at once, so that nothing moves when pictures arrive; what fills it is loaded with the
 * first file that is shown.
 */
import { h, setAll } from '../view/dom.js';

/** The largest size of a picture in a message, in CSS pixels. */
const WIDEST = 360;
const HIGHEST = 280;

/**
 * @param {import('../types.d.ts').AttachedFile[]} files
 * @param {any} actions `actions.files()` is the session's access to files, or null
 */
export function attached(files, actions) {
  const places = files.map((file) => h('li', { class: 'file', 'data-file': file.id, style: space(file) }));
  for (const [n, place] of places.entries()) setAll(place, { 'data-picture': isPicture(files[n]) });
  const node = h('ul', { class: 'files', 'data-gallery': files.length > 1 && files.every(isPicture) }, places);
  import('../panels.js').then(({ fillFiles }) => fillFiles(places, files, actions), () => {});
  return node;
}

/** @param {import('../types.d.ts').AttachedFile} file */
function isPicture({ thumbnail, width, height }) {
  return Boolean(thumbnail && width && height);
}

/**
 * The box of a picture: no larger than the picture, with its proportions.
 *
 * @param {import('../types.d.ts').AttachedFile} file
 */
function space(file) {
  if (!isPicture(file)) return {};
  const { width, height } = /** @type {{ width: number, height: number }} */ (file);
  const scale = Math.min(1, WIDEST / width, HIGHEST / height);
  // Very long or flat pictures are cropped to a box that can be hit.
  return { '--file-width': `${Math.max(64, Math.round(width * scale))}px`, '--file-ratio': `${Math.max(64, Math.round(width * scale))} / ${Math.max(48, Math.round(height * scale))}` };
}
