/** What the page loads when a person opens the documents of a room for the first time: the list, the editor, and what synchronizes. */
export { Editor } from './document/editor.js';
export { DocumentList } from './document/list.js';
export { OpenDocuments } from './document/open-documents.js';
