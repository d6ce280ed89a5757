/** Shows in the editor where others are: a line at their cursor with their name, and what they have selected. */
import { hue } from '../view/avatar.js';
import { h } from '../view/dom.js';
import { parts } from './parts.js';
import { textIn } from './text.js';

const { Annotation, Decoration, EditorSelection, RectangleMarker, ViewPlugin, createAbsolutePositionFromRelativePosition, createRelativePositionFromJSON, createRelativePositionFromTypeIndex, layer } = parts;

/** Hues of the style sheet. */
const HUES = 24;

/** A cursor above the text: within it, it would change where lines break. */
class Caret {
  constructor(user, { left, top, height }) {
    this.user = user;
    this.place = { left: `${left}px`, top: `${top}px`, height: `${height}px` };
  }

  eq(other) {
    return other.user.id === this.user.id && other.user.name === this.user.name && JSON.stringify(other.place) === JSON.stringify(this.place);
  }

  draw() {
    return h('div', { class: 'caret', style: { '--hue': String(hue(this.user.id)), ...this.place } }, h('span', { class: 'whose' }, this.user.name || this.user.id));
  }
}

/**
 * The extension. It tells the copy where the person is.
 *
 * @param {import('./copy.js').Copy} copy
 * @returns {{ extension: any, changed: () => void }} `changed()` draws the others again
 */
export function others(copy) {
  const moved = Annotation.define();
  /** @type {any} */
  let shown = null;
  const text = textIn(copy.doc);

  class Others {
    constructor(view) {
      shown = view;
      this.decorations = decorations(view);
    }

    update(update) {
      if (update.docChanged || update.transactions.some((one) => one.annotation(moved))) this.decorations = decorations(update.view);
      if (update.docChanged || update.selectionSet || update.focusChanged) here(update.view);
    }

    destroy() {
      shown = null;
    }
  }

  function here(view) {
    if (!view.hasFocus) return copy.moved(null);
    const { anchor, head } = view.state.selection.main;
    const relative = (index) => JSON.parse(JSON.stringify(createRelativePositionFromTypeIndex(text, index)));
    copy.moved({ anchor: relative(anchor), head: relative(head) });
  }

  /** The others whose places exist in the text. */
  function placed(view) {
    const most = view.state.doc.length;
    return copy.others.flatMap(({ user, cursor }) => {
      const [anchor, head] = [placeOf(cursor?.anchor), placeOf(cursor?.head)];
      return anchor === null || head === null ? [] : [{ user, anchor: Math.min(anchor, most), head: Math.min(head, most) }];
    });
  }

  function decorations(view) {
    const selected = placed(view).filter(({ anchor, head }) => anchor !== head);
    const marks = selected.map(({ user, anchor, head }) => Decoration.mark({ class: `selected hue-${(hue(user.id) / 15) % HUES}` }).range(Math.min(anchor, head), Math.max(anchor, head)));
    return Decoration.set(marks, true);
  }

  const carets = layer({
    above: true,
    class: 'carets',
    markers: (view) => placed(view).flatMap(({ user, head }) => RectangleMarker.forRange(view, '', EditorSelection.cursor(head)).map((place) => new Caret(user, place))),
    update: (update) => update.docChanged || update.transactions.some((one) => one.annotation(moved)),
  });

  /** The data is another client's: it may be anything. */
  function placeOf(relative) {
    try {
      const place = createAbsolutePositionFromRelativePosition(createRelativePositionFromJSON(relative), copy.doc);
      return place?.type === text && Number.isInteger(place.index) ? place.index : null;
    } catch {
      return null;
    }
  }

  return {
    extension: [ViewPlugin.fromClass(Others, { decorations: (plugin) => plugin.decorations }), carets],
    changed: () => shown?.dispatch({ annotations: moved.of(true) }),
  };
}
