/** What is loaded on first use, also from the bundle. The paths are relative to this folder, where the bundle is. */

export function loadEmoji() {
  return import('./parts/emoji.js');
}

export function loadHighlighting() {
  return import('./parts/highlight.js');
}

