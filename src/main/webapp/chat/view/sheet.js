/** The style sheets, made once for all elements of the page. A constructed style sheet needs no permission in the page's `style-src`. */
import { styleTexts } from './style-texts.js';

let sheets = null;

/** Resolves to the sheets. */
export function styleSheets() {
  return (sheets ??= styleTexts().then((texts) => Promise.all(texts.map((text) => new CSSStyleSheet().replace(text)))));
}
