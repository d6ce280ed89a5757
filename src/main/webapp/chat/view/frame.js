/**
 * What shows until the views are loaded: the element's space, so that nothing jumps, and the outline of a list and a conversation. A
 * constructed style sheet needs no permission in the page's `style-src`.
 */
const BARS = [['30px', '136px', 12], ['30px', '88px', 20], ['30px', '112px', 28], ['280px', '46%', 12], ['280px', '60%', 26], ['280px', '38%', 40], ['280px', '52%', 54]];
const bars = BARS.map(([left, width, top]) => `linear-gradient(currentColor 0 0) ${left} ${top}% / ${width} 10px no-repeat`);

export const frame = new CSSStyleSheet();
frame.replaceSync(`
  :host { display: block; height: var(--parley-height, min(36em, 100dvh)); }
  .waiting { height: 100%; opacity: 0.1; background: ${bars.join(', ')}; }
  .app { visibility: hidden; }
`);

/** A registered length inherits its computed value, so that sizes depend on the element's own font size, not on the surrounding text. */
try {
  CSS.registerProperty({ name: '--parley-px', syntax: '<length>', inherits: true, initialValue: '1px' });
} catch {
  // Another copy of this module has registered it.
}

/** The outline. @returns {HTMLElement} */
export function outline() {
  const node = document.createElement('div');
  node.className = 'waiting';
  return node;
}
