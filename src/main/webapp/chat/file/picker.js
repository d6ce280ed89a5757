/** How files come into the composer: by the browser's picker (on phones also the camera), dropped on the conversation, or pasted. */
import { strings } from '../strings.js';
import { h } from '../view/dom.js';

const words = strings.files;

/** Opens the browser's picker, which offers the camera on phones. */
export function pick(parent, chosen) {
  const input = h('input', { type: 'file', multiple: true, class: 'spoken', tabindex: '-1', 'aria-hidden': 'true' });
  input.addEventListener('change', () => {
    if (input.files.length) chosen([...input.files]);
    input.remove();
  });
  input.addEventListener('cancel', () => input.remove());
  parent.append(input);
  input.click();
}

/** The files on a clipboard or in a drag; none if there is text too, as when cells of a table are copied. */
export function filesIn(transfer) {
  const files = [...(transfer?.files ?? [])];
  return files.length && !transfer.types.includes('text/plain') ? files : [];
}

/**
 * Takes files that are dropped on a node, and shows that it would.
 *
 * @param {HTMLElement} node
 * @param {() => boolean} takes
 * @param {(files: File[]) => void} dropped
 */
export function onDrop(node, takes, dropped) {
  const hint = h('div', { class: 'drop-hint', 'aria-hidden': 'true' }, h('p', {}, words.drop));
  let depth = 0;
  const concerns = (event) => takes() && [...(event.dataTransfer?.types ?? [])].includes('Files');
  const over = (event, change) => {
    if (!concerns(event)) return;
    event.preventDefault();
    depth = Math.max(0, depth + change);
    if (depth > 0 && !hint.isConnected) node.append(hint);
    if (depth === 0) hint.remove();
  };
  node.addEventListener('dragenter', (event) => over(event, 1));
  node.addEventListener('dragleave', (event) => over(event, -1));
  node.addEventListener('dragover', (event) => concerns(event) && event.preventDefault());
  node.addEventListener('drop', (event) => {
    if (!concerns(event)) return;
    event.preventDefault();
    depth = 0;
    hint.remove();
    const files = [...(event.dataTransfer?.files ?? [])];
    if (files.length) dropped(files);
  });
}
