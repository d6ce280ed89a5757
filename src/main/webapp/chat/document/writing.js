/** CodeMirror on a copy of a document: Markdown, one's own undo, and others' cursors. */
import { others } from './others.js';
import { parts } from './parts.js';
import { charactersOf } from './text.js';
import { documentWords } from './words.js';

const { Compartment, EditorState, EditorView, UndoManager, highlightSpecialChars, keymap, markdown, markdownKeymap, markdownLanguage, placeholder, standardKeymap, syntaxHighlighting, tagHighlighter, tags, yCollab, yUndoManagerKeymap } = parts;

/** The classes of the style sheet. */
const CLASSES = tagHighlighter([
  { tag: tags.heading, class: 'tok-heading' },
  { tag: tags.strong, class: 'tok-strong' },
  { tag: tags.emphasis, class: 'tok-emphasis' },
  { tag: tags.strikethrough, class: 'tok-strikethrough' },
  { tag: [tags.link, tags.url], class: 'tok-link' },
  { tag: tags.monospace, class: 'tok-monospace' },
  { tag: tags.quote, class: 'tok-quote' },
  { tag: [tags.processingInstruction, tags.contentSeparator, tags.labelName, tags.atom], class: 'tok-meta' },
]);

export class Writing {
  #undo;
  #others;
  #access = new Compartment();
  #name = new Compartment();
  #writable = false;
  #label;
  #changed;

  /**
   * @param {import('./copy.js').Copy} copy
   * @param {{ parent: Element, root: ShadowRoot | Document, label: string, writable: boolean, changed: () => void }} options `changed()` is
   *   called when undo or redo becomes possible or impossible
   */
  constructor(copy, { parent, root, label, writable, changed }) {
    this.#changed = changed;
    this.#writable = writable;
    this.#label = label;
    this.#undo = new UndoManager(copy.text);
    this.#others = others(copy);
    for (const event of ['stack-item-added', 'stack-item-popped', 'stack-cleared']) this.#undo.on(event, () => this.#changed());
    const state = EditorState.create({
      doc: charactersOf(copy.text),
      extensions: [
        // Every other line break is a character, as in the document. Otherwise places would differ.
        EditorState.lineSeparator.of('\n'),
        EditorView.clipboardInputFilter.of((text) => text.replace(/\r\n?/g, '\n')),
        this.#access.of(accessOf(writable)),
        this.#name.of(nameOf(label)),
        EditorView.lineWrapping,
        EditorView.perLineTextDirection.of(true),
        highlightSpecialChars(),
        markdown({ base: markdownLanguage, completeHTMLTags: false, addKeymap: false, pasteURLAsLink: false }),
        syntaxHighlighting(CLASSES),
        keymap.of([...yUndoManagerKeymap, ...markdownKeymap, ...standardKeymap]),
        yCollab(copy.text, null, { undoManager: this.#undo }),
        this.#others.extension,
      ],
    });
    this.view = new EditorView({ state, parent, root });
  }

  get undoable() {
    return { undo: this.#writable && this.#undo.undoStack.length > 0, redo: this.#writable && this.#undo.redoStack.length > 0 };
  }

  undo() {
    this.#undo.undo();
  }

  redo() {
    this.#undo.redo();
  }

  /** A change that isn't typed is undone by itself. */
  pause() {
    this.#undo.stopCapturing();
  }

  update({ label, writable }) {
    if (writable !== this.#writable) {
      this.#writable = writable;
      this.view.dispatch({ effects: this.#access.reconfigure(accessOf(writable)) });
      this.#changed();
    }
    if (label === this.#label) return;
    this.#label = label;
    this.view.dispatch({ effects: this.#name.reconfigure(nameOf(label)) });
  }

  othersChanged() {
    this.#others.changed();
  }

  focus() {
    this.view.focus();
  }

  end() {
    this.view.destroy();
    this.#undo.destroy();
  }
}

/** Read-only text stays in the order of the Tab key, so that it can be scrolled. */
function accessOf(writable) {
  return [EditorState.readOnly.of(!writable), EditorView.editable.of(writable), writable ? placeholder(documentWords().placeholder) : [], EditorView.contentAttributes.of({ tabindex: '0', ...(writable ? { spellcheck: 'true', autocapitalize: 'sentences' } : { 'aria-readonly': 'true' }) })];
}

function nameOf(label) {
  return EditorView.contentAttributes.of({ 'aria-label': label });
}
