/** Takes the place of the client's module in the bundle: the style sheet is part of it. */
import document from './document.css';

export async function documentStyles() {
  return document;
}
