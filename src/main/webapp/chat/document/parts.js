/** Yjs and CodeMirror. Their module is minified, so its types say nothing. */
import * as all from '../parts/documents.js';

export const parts = /** @type {any} */ (all);
