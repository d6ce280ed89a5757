/**
 * Creates elements. Strings become text nodes; there is no way to pass markup, because most of what is shown was written by other people.
 */
const SVG = 'http://www.w3.org/2000/svg';

/**
 * `h('button', { class: 'send', type: 'button', on: { click } }, 'Send')`. `on` holds listeners, `style` CSS
 * properties. Everything else is an attribute: false and null omit it, true sets it empty.
 *
 * @param {string} tag
 * @param {Record<string, any>} [attributes]
 * @param {...any} children
 * @returns {any} the element; callers know its interface by its tag
 */
export function h(tag, { on = {}, style = {}, ...attributes } = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, listener] of Object.entries(on)) element.addEventListener(name, listener);
  for (const [name, value] of Object.entries(style)) element.style.setProperty(name, value);
  setAll(element, attributes);
  element.append(...flattened(children));
  return element;
}

/** Replaces the children of an element. */
export function fill(element, ...children) {
  element.replaceChildren(...flattened(children));
}

/** Flattens lists and drops null, undefined and false. */
function flattened(children) {
  return children.flat().filter((child) => child !== null && child !== undefined && child !== false);
}

/** Sets or removes attributes, changing only those that differ. */
export function setAll(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) element.removeAttribute(name);
    else if (element.getAttribute(name) !== String(value === true ? '' : value)) element.setAttribute(name, value === true ? '' : value);
  }
}

/** Sets the text if it changed, so that a live region doesn't announce it twice. */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Makes these nodes the children of `parent`, in this order, moving as few as possible. */
export function arrange(parent, nodes) {
  const wanted = new Set(nodes);
  let at = parent.firstChild;
  const skipUnwanted = () => {
    while (at && !wanted.has(at)) {
      const gone = at;
      at = at.nextSibling;
      gone.remove();
    }
  };
  for (const node of nodes) {
    skipUnwanted();
    if (node === at) at = at.nextSibling;
    else parent.insertBefore(node, at);
  }
  skipUnwanted();
}

const ICONS = {
  hash: 'M9 4 7 20M17 4l-2 16M4 9h17M3 15h17',
  lock: 'M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3',
  plus: 'M12 5v14M5 12h14',
  search: 'M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM16.2 16.2 21 21',
  phone: 'M6.500 4h3l1.500 4-2 1.500a11 11 0 0 0 5.500 5.500l1.500-2 4 1.500v3a2 2 0 0 1-2.200 2A16 16 0 0 1 4.500 6.200 2 2 0 0 1 6.500 4Z',
  'phone-off': 'M3.500 15.500v-2c2-2.300 5-3.500 8.500-3.500s6.500 1.200 8.500 3.500v2l-4.500.800-.800-2.800a11 11 0 0 0-6.400 0l-.800 2.800-4.500-.800Z',
  people: 'M9 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM2.5 20c.4-3.6 3-5.5 6.5-5.5s6.1 1.9 6.5 5.5M16 4.9a3.5 3.5 0 0 1 0 6.3M18 14.9c2 .8 3.3 2.5 3.5 5.1',
  send: 'M5 12 3.5 4.5 21 12 3.5 19.5 5 12Zm0 0h7',
  check: 'm5 12.5 4.5 4.5L19 7.5',
  clock: 'M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17ZM12 7.5V12l3 2',
  alert: 'M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17ZM12 7.8v5M12 16v.2',
  close: 'M6 6l12 12M18 6 6 18',
  menu: 'M4 7h16M4 12h16M4 17h10',
  down: 'M12 5v14M6 13l6 6 6-6',
  bubbles: 'M4 5.5h11a1.5 1.5 0 0 1 1.5 1.5v6a1.5 1.5 0 0 1-1.5 1.5H8.5L5 17.5v-3H4A1.5 1.5 0 0 1 2.5 13V7A1.5 1.5 0 0 1 4 5.5ZM19 9.5h1A1.5 1.5 0 0 1 21.5 11v5.5A1.5 1.5 0 0 1 20 18h-.5v2.5L16.5 18H12',
  more: 'M12 5.5v.2M12 11.9v.2M12 18.3v.2',
  format: 'm3 18.5 4.7-13 4.8 13M4.6 14h6.3M20.5 18.5v-6M20.5 12.4v-1.2M17.3 18.6a3.1 3.1 0 1 0 0-6.2 3.1 3.1 0 0 0 0 6.2Z',
  bold: 'M7 4.5h6a3.6 3.6 0 0 1 0 7.3H7zM7 11.8h7a3.9 3.9 0 0 1 0 7.7H7z',
  italic: 'M14.5 4.5 9.5 19.5M10 4.5h8M6 19.5h8',
  strike: 'M4 12h16M16.8 7.6c-.5-2-2.3-3.1-4.7-3.1-2.7 0-4.7 1.4-4.7 3.6 0 1.4.8 2.3 2 2.9M7 16c.5 2.2 2.5 3.5 5.2 3.5 2.8 0 4.8-1.5 4.8-3.8',
  code: 'm8.5 7.5-5 4.5 5 4.5M15.5 7.5l5 4.5-5 4.5',
  list: 'M9 6.5h11M9 12h11M9 17.5h11M4.5 6.5v.1M4.5 12v.1M4.5 17.5v.1',
  numbers: 'M10 6.5h10M10 12h10M10 17.5h10M4 5.2l1.5-.9v4.4M4 14.6c1.3-1.3 2.8-.6 2.4.7-.2.8-1.2 1.6-2.4 3h2.7',
  block: 'M4 5h16v14H4zM10 9.5 7.5 12l2.5 2.5M14 9.5l2.5 2.5-2.5 2.5',
  at: 'M12 15.6a3.6 3.6 0 1 0 0-7.2 3.6 3.6 0 0 0 0 7.2ZM15.6 8.4v5a2.4 2.4 0 0 0 4.9 0V12a8.5 8.5 0 1 0-3.4 6.8',
  smile: 'M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17ZM8.5 14.2c1.6 2.4 5.4 2.4 7 0M9.2 9.4v.2M14.8 9.4v.2',
  reply: 'M5 5.5h14a1.5 1.5 0 0 1 1.5 1.5v8a1.5 1.5 0 0 1-1.5 1.5h-6.5L8 20.5v-4H5A1.5 1.5 0 0 1 3.5 15V7A1.5 1.5 0 0 1 5 5.5ZM8 9.5h8M8 12.5h5',
  pencil: 'M4 20l1-4.5L15.8 4.7a1.9 1.9 0 0 1 2.7 0l.8.8a1.9 1.9 0 0 1 0 2.7L8.5 19 4 20Z',
  pin: 'M9 4h6l-1 6 3.5 3.5H6.5L10 10 9 4ZM12 13.5V20',
  link: 'M10 14a4 4 0 0 0 5.7 0l3.1-3.1a4 4 0 0 0-5.7-5.7L12 6.3M14 10a4 4 0 0 0-5.7 0l-3.1 3.1a4 4 0 0 0 5.7 5.7l1.1-1.1',
  copy: 'M9 8.5h9.5V20H9zM5.5 15.5V4H15',
  quote: 'M5 6v12M9.5 8H20M9.5 12H20M9.5 16H16',
  bin: 'M4.5 7h15M9.5 7V4.5h5V7M6.5 7l.8 12.5h9.4L17.5 7M10 11v5M14 11v5',
  calendar: 'M4.5 6.5h15v13h-15zM4.5 10.5h15M8.5 4v4M15.5 4v4',
  flag: 'M6 20.5V4.5h12l-2.5 4 2.5 4H6',
  keyboard: 'M3.5 7h17v10.5h-17zM7 10.5v.2M10.3 10.5v.2M13.7 10.5v.2M17 10.5v.2M8 14.2h8',
  chevron: 'm7 10 5 5 5-5',
  compass: 'M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17ZM15.8 8.2l-2.2 5.4-5.4 2.2 2.2-5.4 5.4-2.2Z',
  star: 'm12 4 2.4 5.2 5.6.7-4.1 3.9 1 5.7-4.9-2.8-4.9 2.8 1-5.7L4 9.9l5.6-.7L12 4Z',
  up: 'M12 19V5M6 11l6-6 6 6',
  bell: 'M6.5 16.5V11a5.5 5.5 0 0 1 11 0v5.5l1.5 2H5l1.5-2ZM10 21h4',
  'bell-off': 'M6.5 16.5V11c0-.8.2-1.6.5-2.3M9.5 6.1a5.5 5.5 0 0 1 8 4.9v3.5M17 18.5H5l1.5-2M10 21h4M4 4l16 16',
  'eye-off': 'M9.9 5.8a9 9 0 0 1 11.1 6.2 10 10 0 0 1-2.3 3.6M6.3 7.6A10 10 0 0 0 3 12a9 9 0 0 0 12.6 5.6M10 10.2a2.8 2.8 0 0 0 3.9 3.9M4 4l16 16',
  eye: 'M3 12c1.6-4 5-6.3 9-6.3s7.4 2.3 9 6.300c-1.6 4-5 6.3-9 6.300S4.6 16 3 12ZM12 14.800a2.8 2.8 0 1 0 0-5.6 2.8 2.8 0 0 0 0 5.600Z',
  gear: 'M12 15.200a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.400ZM12 3v2.700M12 18.300V21M3 12h2.700M18.3 12H21M5.6 5.600l2 2M16.4 16.400l2 2M18.4 5.600l-2 2M7.6 16.400l-2 2',
  stop: 'M12 20.500a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17ZM6 6l12 12',
  unread: 'M4.5 6.500h9M4.5 6.500v11h15v-6M4.5 7l7.5 6 3-2.400M18.5 8.500a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.400Z',
  clip: 'm19.5 11-7.8 7.8a4.6 4.6 0 0 1-6.5-6.5l8-8a3.1 3.1 0 0 1 4.4 4.4l-7.9 7.9a1.55 1.55 0 0 1-2.2-2.2l7.1-7.1',
  file: 'M6 3.5h8l4 4V20.5H6zM14 3.5v4h4',
  download: 'M12 4v11M7.5 11l4.5 4.5 4.5-4.5M5 19.5h14',
  play: 'M8 5.5v13l10-6.5-10-6.5Z',
  pause: 'M8.5 6v12M15.5 6v12',
  microphone: 'M12 15a3.5 3.5 0 0 0 3.5-3.5V7a3.5 3.5 0 0 0-7 0v4.500A3.5 3.5 0 0 0 12 15ZM5.500 11.500a6.500 6.500 0 0 0 13 0M12 18v3',
  minus: 'M5 12h14',
  door: 'M13 4H6v16h7M10.5 12H20M17 8.5l3.5 3.5L17 15.5',
  page: 'M6 3.5h12v17H6zM9 8h6M9 12h6M9 16h3.5',
  back: 'M19.5 12h-15M10.5 6l-6 6 6 6',
  undo: 'M8.5 5.5 4 10l4.5 4.5M4 10h10.5a5 5 0 0 1 0 10H11',
  redo: 'M15.5 5.5 20 10l-4.5 4.5M20 10H9.5a5 5 0 0 0 0 10H13',
};

/** Icons of code that is loaded later. */
export function addIcons(more) {
  Object.assign(ICONS, more);
}

/** Icons that point along the line: mirrored where it goes from right to left. */
const ALONG = ['back', 'bubbles', 'door', 'list', 'menu', 'quote', 'reply', 'send'];

/** A decorative icon, hidden from screen readers: its button needs a label. */
export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', ICONS[name]);
  svg.append(path);
  setAll(svg, { class: 'icon', viewBox: '0 0 24 24', 'aria-hidden': 'true', 'data-along': ALONG.includes(name) });
  return svg;
}

/**
 * Returns what adds a style sheet to the element that holds a node, once for each element. It is loaded on first use.
 *
 * @param {() => Promise<string>} load
 * @returns {(node: Node) => Promise<void>}
 */
export function sheetOf(load) {
  /** @type {Promise<CSSStyleSheet> | null} */
  let sheet = null;
  return async (node) => {
    sheet ??= load().then((text) => new CSSStyleSheet().replace(text));
    sheet.catch(() => (sheet = null));
    const made = await sheet;
    const root = node.getRootNode();
    if (root instanceof ShadowRoot && !root.adoptedStyleSheets.includes(made)) root.adoptedStyleSheets = [...root.adoptedStyleSheets, made];
  };
}

/** Text for screen readers only. */
export function hidden(text) {
  return h('span', { class: 'spoken' }, text);
}

/**
 * Whether a key belongs to an input method that composes text. Safari sends the Enter that ends the composition after it, with the key code
 * 229.
 *
 * @param {KeyboardEvent} event
 */
export function composes(event) {
  return event.isComposing || event.keyCode === 229;
}

/** Whether nothing in the page has the focus. An element whose parts don't have it can't know: a field of the portal may have it. */
export function isFocusFree() {
  const { activeElement } = document;
  return activeElement === null || activeElement === document.body || activeElement === document.documentElement;
}

/** Whether the person writes on a touch screen: its Enter key breaks lines, and a focused field opens the keyboard. */
export function onTouch() {
  return matchMedia('(hover: none) and (pointer: coarse)').matches;
}

/** Whether menus and cards open as a sheet at the bottom of the page. */
export function asSheet() {
  return matchMedia('(pointer: coarse)').matches;
}
