/** Dragging a room to another place in the sidebar. A line shows where it would go. The menu and Alt with the arrow keys do the same. */
const KIND = 'application/x-parley-room';

export class RoomDrag {
  #lists;
  #id = /** @type {string | null} */ (null);
  #at = /** @type {HTMLElement | null} */ (null);

  /**
   * `move(id, into)` puts a room: `into` is `{ section, before }`, the key of a section and the id of the room that follows it, or null at the
   * end.
   *
   * @param {HTMLElement} lists
   * @param {(id: string, into: { section: string, before: string | null }) => void} move
   */
  constructor(lists, move) {
    this.#lists = lists;
    lists.addEventListener('dragstart', (event) => this.#begun(event));
    lists.addEventListener('dragover', (event) => this.#over(event));
    lists.addEventListener('dragleave', (event) => !lists.contains(/** @type {Node | null} */ (event.relatedTarget)) && this.#mark(null));
    lists.addEventListener('dragend', () => this.#ended());
    lists.addEventListener('drop', (event) => this.#dropped(event, move));
  }

  #begun(event) {
    const row = event.target.closest?.('[data-row]');
    if (!row) return;
    this.#id = row.dataset.row;
    event.dataTransfer.effectAllowed = 'move';
    event.dataTransfer.setData(KIND, this.#id);
    row.dataset.dragged = '';
  }

  #over(event) {
    const target = event.target.closest?.('[data-row], [data-section]');
    if (this.#id === null || !target) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'move';
    const { top, height } = target.getBoundingClientRect();
    this.#mark(target, target.dataset.row !== undefined && event.clientY > top + height / 2);
  }

  #mark(target, below = false) {
    if (this.#at && this.#at !== target) delete this.#at.dataset.drop;
    this.#at = target;
    if (target) target.dataset.drop = below ? 'below' : 'above';
  }

  #dropped(event, move) {
    const [id, at] = [this.#id, this.#at];
    const section = at?.closest('[data-section]')?.getAttribute('data-section');
    event.preventDefault();
    if (id !== null && at && section) move(id, { section, before: followerOf(at) });
    this.#ended();
  }

  #ended() {
    for (const row of this.#lists.querySelectorAll('[data-dragged]')) delete /** @type {HTMLElement} */ (row).dataset.dragged;
    this.#mark(null);
    this.#id = null;
  }
}

/** The room below the line. On a section's heading the line is above its first room. */
function followerOf(at) {
  if (at.dataset.row === undefined) return at.querySelector('[data-row]')?.dataset.row ?? null;
  return (at.dataset.drop === 'below' ? at.nextElementSibling?.dataset.row : at.dataset.row) ?? null;
}
