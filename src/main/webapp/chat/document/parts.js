/**
 * Yjs and CodeMirror. Their module is minified, so its types say nothing. The names are listed: for a whole module, the bundler would add a
 * file to the first paint.
 */
import {
  Annotation, applyAwarenessUpdate, applyUpdate, Awareness, Compartment, ContentString, createAbsolutePositionFromRelativePosition,
  createID, createRelativePositionFromJSON, createRelativePositionFromTypeIndex, decodeUpdate, Decoration, Doc, EditorSelection,
  EditorState, EditorView, encodeAwarenessUpdate, encodeStateAsUpdate, encodeStateVector, highlightSpecialChars, Item, keymap, layer,
  markdown, markdownKeymap, markdownLanguage, mergeUpdates, placeholder, RectangleMarker, removeAwarenessStates, standardKeymap,
  syntaxHighlighting, tagHighlighter, tags, UndoManager, UpdateEncoderV1, ViewPlugin, writeVarUint, yCollab, yUndoManagerKeymap,
} from '../parts/documents.js';

export const parts = /** @type {any} */ ({
  Annotation, applyAwarenessUpdate, applyUpdate, Awareness, Compartment, ContentString, createAbsolutePositionFromRelativePosition,
  createID, createRelativePositionFromJSON, createRelativePositionFromTypeIndex, decodeUpdate, Decoration, Doc, EditorSelection,
  EditorState, EditorView, encodeAwarenessUpdate, encodeStateAsUpdate, encodeStateVector, highlightSpecialChars, Item, keymap, layer,
  markdown, markdownKeymap, markdownLanguage, mergeUpdates, placeholder, RectangleMarker, removeAwarenessStates, standardKeymap,
  syntaxHighlighting, tagHighlighter, tags, UndoManager, UpdateEncoderV1, ViewPlugin, writeVarUint, yCollab, yUndoManagerKeymap,
});
