/** What the editor of documents needs: Yjs with its awareness, CodeMirror with Markdown, and what binds one to the other. */
export {
  ContentString, Doc, Item, UndoManager, UpdateEncoderV1, applyUpdate, createAbsolutePositionFromRelativePosition, createID,
  createRelativePositionFromJSON, createRelativePositionFromTypeIndex, decodeUpdate, encodeStateAsUpdate, encodeStateVector, mergeUpdates,
} from 'yjs';
export { writeVarUint } from 'lib0/encoding';
export { Awareness, applyAwarenessUpdate, encodeAwarenessUpdate, removeAwarenessStates } from 'y-protocols/awareness';
export { yCollab, yUndoManagerKeymap } from 'y-codemirror.next';
export { Annotation, Compartment, EditorSelection, EditorState } from '@codemirror/state';
export { Decoration, EditorView, RectangleMarker, ViewPlugin, highlightSpecialChars, keymap, layer, placeholder } from '@codemirror/view';
export { standardKeymap } from '@codemirror/commands';
export { syntaxHighlighting } from '@codemirror/language';
export { markdown, markdownKeymap, markdownLanguage } from '@codemirror/lang-markdown';
export { tagHighlighter, tags } from '@lezer/highlight';
