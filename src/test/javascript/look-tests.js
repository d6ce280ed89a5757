/** Size, text and color in arbitrary pages: messages stay unchanged and readable. */
import { RoomServer, endings, equals, posted, until } from './kit.js';

const LOUD = `
  html { font-size: 40px; }
  .loud { text-transform: uppercase; letter-spacing: 4px; word-spacing: 1em; word-break: break-all; text-align: right; text-indent: 3em; white-space: pre;
    font: italic 700 30px/3 serif; font-variant: small-caps; color: red; visibility: visible; hyphens: auto; text-shadow: 1px 1px red; line-break: anywhere; tab-size: 1; }
  .loud * { letter-spacing: 3px; text-transform: uppercase; line-height: 4; margin: 9px; padding: 9px; }`;
const KEPT = ['textTransform', 'letterSpacing', 'wordSpacing', 'wordBreak', 'textAlign', 'textIndent', 'fontStyle', 'fontSize', 'fontWeight', 'fontFamily', 'fontVariant', 'lineHeight', 'color', 'textShadow', 'whiteSpace', 'hyphens', 'lineBreak', 'tabSize'];

export const tests = {
  async 'shows messages unchanged, whatever the text styles of the page'(client) {
    const server = new RoomServer(client);
    const plain = await shown(server);
    const quiet = plain.looks();
    plain.element.remove();
    sheet(LOUD);
    const loud = await shown(server, { parent: 'loud' });
    equals(loud.looks(), quiet);
  },

  async 'takes its sizes from its own font size, not from the page'(client) {
    const server = new RoomServer(client);
    const { element } = await shown(server);
    const height = (selector) => find(element, selector).getBoundingClientRect().height;
    const before = [height('.header'), height('.send'), getComputedStyle(find(element, '.text')).fontSize];
    sheet('html { font-size: 40px; }');
    equals([height('.header'), height('.send'), getComputedStyle(find(element, '.text')).fontSize], before);
    element.style.setProperty('--parley-font-size', '30px');
    equals([height('.header'), height('.send'), getComputedStyle(find(element, '.text')).fontSize], [before[0] * 2, before[1] * 2, '30px']);
    element.style.removeProperty('--parley-font-size');
    element.style.fontSize = '30px';
    equals([height('.header'), getComputedStyle(find(element, '.text')).fontSize], [before[0] * 2, '30px']);
  },

  async 'has a default height with the composer in view'(client) {
    const server = new RoomServer(client);
    for (let n = 0; n < 60; n++) server.logs(posted(`message ${n}`));
    const { element } = await shown(server);
    const inside = () => {
      const [outer, inner] = [element.getBoundingClientRect(), find(element, '.composer').getBoundingClientRect()];
      return inner.height > 0 && inner.top >= outer.top && inner.bottom <= outer.bottom && outer.height <= innerHeight;
    };
    equals([element.getBoundingClientRect().height, inside()], [Math.min(540, innerHeight), true]);
    element.style.setProperty('--parley-height', '400px');
    element.style.width = '320px';
    equals([element.getBoundingClientRect().height, inside(), element.scrollWidth], [400, true, 320]);
  },

  async 'inherits visibility and pointer events from the page'(client) {
    const server = new RoomServer(client);
    const { element } = await shown(server);
    element.parentNode.style.cssText = 'visibility: hidden; pointer-events: none;';
    equals([getComputedStyle(find(element, '.text')).visibility, getComputedStyle(find(element, '.send')).pointerEvents], ['hidden', 'none']);
  },

  async 'keeps the order of the parts of a time in a right-to-left page'(client) {
    const server = new RoomServer(client);
    const { element } = await shown(server);
    element.dir = 'rtl';
    const time = find(element, '.message time');
    time.textContent = '11:50 PM';
    const left = (from, to) => {
      const range = document.createRange();
      range.setStart(time.firstChild, from);
      range.setEnd(time.firstChild, to);
      return range.getBoundingClientRect().left;
    };
    equals(left(0, 5) < left(6, 8), true);
  },

  async 'shows the names of members in full beside their role'(client) {
    const server = new RoomServer(client);
    server.rooms[0].role = 'owner';
    const members = [{ user: { id: 'bob', name: 'Bob Miller' }, role: 'moderator', online: true }];
    server.fetched = ({ pathname }) => (pathname.endsWith('/members') ? Response.json({ members, more: false }) : undefined);
    const { element } = await shown(server);
    find(element, '.people').click();
    await until(() => find(element, '.members .name'));
    const name = find(element, '.members .name');
    equals([name.textContent, name.scrollWidth <= name.clientWidth], ['Bob Miller', true]);
  },

  async 'follows the color scheme of the page unless a theme is set'(client) {
    const server = new RoomServer(client);
    const { element } = await shown(server);
    const ground = () => luminance(getComputedStyle(find(element, '.app')).backgroundColor) < 0.2;
    const dark = (scheme, theme) => {
      element.parentNode.style.colorScheme = scheme;
      element.setAttribute('theme', theme);
      return ground();
    };
    equals(['light', 'dark'].map((scheme) => dark(scheme, 'auto')), [false, true]);
    equals([dark('dark', 'light'), dark('light', 'dark')], [false, true]);
  },

  async 'is readable in any accent color, light and dark'(client) {
    const server = new RoomServer(client);
    const { element } = await shown(server);
    const steps = [0, 102, 204, 255];
    const colours = steps.flatMap((r) => steps.flatMap((g) => steps.map((b) => `rgb(${r} ${g} ${b})`)));
    const grounds = ['--ground', '--side', '--raised', '--hover', '--accent-soft'];
    for (const theme of ['light', 'dark']) {
      element.setAttribute('theme', theme);
      for (const colour of ['gold', 'white', 'black', ...colours]) {
        element.style.setProperty('--parley-accent', colour);
        const [ink, onAccent, accent, ...below] = luminances(element, ['var(--accent-ink)', 'var(--on-accent)', colour, ...grounds.map((ground) => `var(${ground})`)]);
        const least = Math.min(contrast(onAccent, accent), ...below.map((ground) => contrast(ink, ground)));
        if (least < 4.5) throw new Error(`${colour} in ${theme} has a contrast of ${least}`);
      }
    }
    const link = getComputedStyle(find(element, '.text a')).color;
    equals(contrast(...luminances(element, [link, 'var(--accent-ink)'])), 1);
  },
};

/** Alice's element inside a div of this class, with a visible link. `looks()` returns the computed styles of its text. */
async function shown(server, { parent = '' } = {}) {
  const around = document.createElement('div');
  around.className = parent;
  document.body.append(around);
  endings.push(() => around.remove());
  if (!server.log.some(({ text }) => text.includes('https:'))) server.logs(posted('Look at https://example.com'));
  const element = server.shows({ before: (one) => (one.style.width = '800px') });
  around.append(element);
  await until(() => find(element, '.text a') && getComputedStyle(find(element, '.app')).visibility === 'visible');
  const looks = () => ['.text', '.text a', '.author', '.box textarea', '.header h2', '.room .name'].map((selector) => {
    const style = getComputedStyle(find(element, selector));
    return [selector, ...KEPT.map((name) => style[name])];
  });
  return { element, looks };
}

function find(element, selector) {
  return element.shadowRoot.querySelector(selector);
}

function sheet(text) {
  const made = new CSSStyleSheet();
  made.replaceSync(text);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, made];
  endings.push(() => (document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== made)));
}

/** The WCAG 2 contrast of two luminances. */
function contrast(...luminances) {
  const [darker, lighter] = luminances.sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

const canvas = Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d', { willReadFrequently: true });

/** The luminances of these colors in the element. */
function luminances(element, colours) {
  const probes = colours.map((colour) => Object.assign(document.createElement('i'), { style: `color: ${colour}` }));
  find(element, '.app').append(...probes);
  const found = probes.map((probe) => luminance(getComputedStyle(probe).color));
  for (const probe of probes) probe.remove();
  return found;
}

function luminance(colour) {
  canvas.fillStyle = colour;
  canvas.fillRect(0, 0, 1, 1);
  const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].map((value) => value / 255).map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
