/** Formatting, the composer's help, the emoji picker and drafts, as a person sees them. */
import { RoomServer, endings, equals, never, newOutbox, newOwner, posted, until, written } from './kit.js';
import { exhausting, vectors } from './markdown-vectors.js';

/** Elements that a message may contain, and the attributes that they may have. */
const ELEMENTS = {
  A: ['href', 'title', 'target', 'rel'], BDI: [], BLOCKQUOTE: ['dir'], BUTTON: ['type', 'class', 'title', 'aria-label', 'aria-expanded'], CODE: ['dir'], DEL: [],
  DIV: ['class', 'tabindex', 'role', 'aria-label'], EM: [], H3: ['dir'], H4: ['dir'], H5: ['dir'], H6: ['dir'], HR: [], LI: [], OL: ['dir', 'start', 'style'], P: ['dir'], PRE: ['tabindex', 'dir'],
  SPAN: ['class', 'dir', 'role', 'title', 'aria-label', 'data-done', 'data-own'], STRONG: [], TABLE: [], TBODY: [], TD: ['dir', 'data-align'], TH: ['dir', 'scope', 'data-align'],
  THEAD: [], TR: [], UL: ['dir'], path: ['d'], svg: ['class', 'viewBox', 'aria-hidden'],
};

export const tests = {
  async 'draws hostile Markdown with the listed elements and attributes only'({ formatted }) {
    const around = document.createElement('div');
    document.body.append(around);
    endings.push(() => around.remove());
    for (const text of [...vectors, ...Object.values(exhausting)]) {
      const element = formatted({ text, mentions: ['"><script>', '__proto__', 'constructor'], everyone: true });
      around.replaceChildren(element);
      for (const one of element.querySelectorAll('*')) {
        equals([text, one.nodeName, Object.hasOwn(ELEMENTS, one.nodeName)], [text, one.nodeName, true]);
        equals([text, ...one.getAttributeNames().filter((name) => !ELEMENTS[one.nodeName].includes(name))], [text]);
      }
      for (const link of element.querySelectorAll('a')) {
        equals([link.target, link.rel, ['http:', 'https:', 'mailto:'].includes(link.protocol)], ['_blank', 'noopener noreferrer nofollow', true]);
      }
    }
    equals(window.ran, undefined);
  },

  async 'colors code without changing it, in colors that are readable'(client) {
    const server = new RoomServer(client);
    const samples = {
      java: 'class A { // x\n\tint b = 1; String c = "d\\n"; }', js: 'const a = /b/g; // c', html: '<a href="b">c</a><script>d()</script>', diff: '+ a\n- b\n@@ c',
      sh: 'for a in $b; do echo "$a"; done', 'c++': 'int main() { return 0; }', yaml: 'a: [1, true]', nonsense: 'a "b" 1',
    };
    server.logs(posted(Object.entries(samples).map(([name, code]) => `\`\`\`${name}\n${code}\n\`\`\``).join('\n')));
    const element = await shown(server);
    await until(() => all(element, '.code [class^=code-]').length > 20);
    equals(all(element, '.code code').map(({ textContent }) => textContent), Object.values(samples));
    equals(all(element, '.code .language').map(({ textContent }) => textContent).filter((name) => /java|HTML|nonsense/i.test(name)), ['Java', 'JavaScript', 'HTML', 'nonsense']);
    for (const theme of ['light', 'dark']) {
      element.setAttribute('theme', theme);
      for (const run of all(element, '.code [class^=code-], .code .language')) {
        const ratio = contrast(run);
        if (ratio < 4.5) throw new Error(`${run.className} in ${theme} has a contrast of ${ratio}`);
      }
    }
  },

  async 'folds a long message until the person unfolds it'(client) {
    const server = new RoomServer(client);
    server.logs(posted(`${'line\n'.repeat(60)}https://example.com/last`));
    const element = await shown(server);
    const folded = () => find(element, '.text[data-folded]');
    await until(() => folded());
    const { height } = folded().getBoundingClientRect();
    equals(height < 400, true);
    find(element, '.unfold').click();
    equals([folded(), find(element, '.unfold').getAttribute('aria-expanded'), find(element, '.unfold').textContent], [null, 'true', 'Show less']);
    find(element, '.unfold').click();
    find(element, '.text .content a').focus();
    equals(folded(), null);
    find(element, '.unfold').click();
  },

  async 'highlights mentions, those of oneself more, also when a name becomes known later'(client) {
    const server = new RoomServer(client);
    server.fetched = ({ pathname }) => (pathname.endsWith('/members') ? Response.json({ members: [{ user: { id: 'carol/1', name: 'Carol X' }, role: 'member' }], more: false }) : undefined);
    server.logs({ ...posted('@Alice, @Carol X and @all: @nobody'), mentions: ['alice', 'carol/1'], everyone: true });
    const element = await shown(server);
    await until(() => all(element, '.mention').length === 3);
    equals(all(element, '.mention').map((one) => [one.textContent, one.hasAttribute('data-own')]), [['@Alice', true], ['@Carol X', false], ['@all', true]]);
  },

  async 'names a room of the person, and leaves other rooms as they were written'(client) {
    const server = new RoomServer(client);
    const rooms = server.rooms.splice(0, 1, { ...server.rooms[0] });
    rooms.push({ id: 'r-1', name: 'Releases & more', kind: 'private', role: 'member' });
    server.logs(posted('see #r-1 and #cellar'));
    const element = await shown(server);
    equals(all(element, '.text').at(-1).textContent, 'see #r-1 and #cellar');
    server.rooms = rooms;
    server.breaksOff();
    await until(() => find(element, '.room-link'));
    equals(all(element, '.text').at(-1).textContent, 'see #Releases & more and #cellar');
    find(element, '.room-link').click();
    await until(() => element.getAttribute('room') === 'r-1');
  },

  async 'completes a name by keyboard and sends whom it mentions'(client) {
    const server = new RoomServer(client);
    const element = await shown(server);
    const input = await writes(element, 'hi @b');
    await until(() => find(element, '[role=option]'));
    equals([find(element, '.suggestions').hidden, input.getAttribute('aria-activedescendant'), find(element, '[aria-selected=true]').id], [false, find(element, '[role=option]').id, find(element, '[role=option]').id]);
    press(input, 'Enter');
    equals([input.value, find(element, '.suggestions').hidden, input.hasAttribute('aria-activedescendant')], ['hi @Bob ', true, false]);
    press(input, 'Enter');
    await until(() => server.asked('message.post').length === 1);
    const [{ text, mentions, everyone }] = server.asked('message.post');
    equals([text, mentions, everyone], ['hi @Bob', ['bob'], undefined]);
    await until(() => find(element, '.mine .mention'));
  },

  async 'closes the suggestions with Escape, for this word only, and closes nothing else'(client) {
    const server = new RoomServer(client);
    const element = await shown(server);
    // Wide enough for the panel to stand beside the conversation.
    element.style.width = '1200px';
    find(element, '.people').click();
    const input = await writes(element, '@b');
    await until(() => find(element, '[role=option]'));
    press(input, 'Escape');
    equals([find(element, '.suggestions').hidden, find(element, '.members').hidden], [true, false]);
    await writes(element, 'o');
    equals(find(element, '.suggestions').hidden, true);
    await writes(element, ' #gen');
    await until(() => find(element, '[role=option]'));
    press(input, 'Tab');
    equals(input.value, '@bo #general ');
  },

  async 'turns a code into its emoji'(client) {
    const server = new RoomServer(client);
    const element = await shown(server);
    const input = await writes(element, 'yes :+1:');
    await until(() => input.value === 'yes 👍');
    await writes(element, ' :tad');
    await until(() => find(element, '[role=option]')?.textContent.includes(':tada:'));
    find(element, '[role=option]').click();
    equals(input.value, 'yes 👍 🎉 ');
  },

  async 'formats the selection by shortcut, continues lists, and breaks the line in a code block'(client) {
    const server = new RoomServer(client);
    const element = await shown(server);
    const input = await writes(element, 'a b');
    input.setSelectionRange(2, 3);
    press(input, 'b', { ctrlKey: true });
    equals([input.value, input.value.slice(input.selectionStart, input.selectionEnd)], ['a **b**', 'b']);
    input.value = '- a';
    press(input, 'Enter', { shiftKey: true });
    equals(input.value, '- a\n- ');
    input.value = '```\na';
    equals(press(input, 'Enter'), true);
    equals([server.asked('message.post').length, input.value], [0, '```\na']);
    press(input, 'Enter', { ctrlKey: true });
    await until(() => server.asked('message.post').length === 1);
  },

  async 'picks an emoji with search and skin tone, and remembers it'(client) {
    const server = new RoomServer(client);
    const element = await shown(server);
    await opensPicker(element);
    equals(all(element, '.picker section').length, 9);
    equals(element.shadowRoot.activeElement, find(element, '.picker input'));
    all(element, '.tones button')[3].click();
    find(element, '.picker input').value = 'waving hand';
    find(element, '.picker input').dispatchEvent(new Event('input'));
    equals(find(element, '.picker [data-emoji]').textContent, '👋🏽');
    press(find(element, '.picker input'), 'Enter');
    const input = find(element, '.box textarea');
    await until(() => element.shadowRoot.activeElement === input);
    equals([input.value, find(element, '.picker')], ['👋🏽', null]);
    await opensPicker(element);
    equals([all(element, '.picker section').length, find(element, '.picker [data-emoji]').textContent], [10, '👋🏽']);
    press(find(element, '.picker input'), 'ArrowDown');
    equals(element.shadowRoot.activeElement, find(element, '.picker [data-emoji]'));
    find(element, '.picker').hidePopover();
    await until(() => !find(element, '.picker'));
    await writes(element, ' :+1:');
    await until(() => input.value === '👋🏽 👍🏽');
    await opensPicker(element);
    equals(all(element, '.picker section:first-child [data-emoji]').map(({ textContent }) => textContent), ['👍🏽', '👋🏽']);
    find(element, '.picker').hidePopover();
  },

  async 'sends whom a message mentions also after a reload'(client) {
    const owner = newOwner(client);
    const before = newOutbox(client, never, { owner });
    before.send('general', '@Bob @all', { mentions: ['bob'], everyone: true, thread: 1, also: true });
    await until(async () => (await written(owner)).length === 1);
    before.close();
    const sent = [];
    const after = newOutbox(client, async (entry) => ({ offset: sent.push(entry) }), { owner });
    await until(() => (after.flush(), sent.length === 1));
    equals([sent[0].mentions, sent[0].everyone, sent[0].thread, sent[0].also], [['bob'], true, 1, true]);
  },

  'keeps the drafts of a room and of its threads apart, and posts into the thread'({ Composer, LocalData, newKey }) {
    const own = new LocalData(['https://test.example/', newKey()]);
    endings.push(() => own.erase());
    const sent = [];
    const composer = new Composer({ send: (text, options) => sent.push([text, options]), typing() {}, join() {}, own: () => own });
    const room = { id: 'general', name: 'General', role: 'member', messages: [], typing: new Map() };
    const shows = (thread) => composer.update({ room, thread, limit: 100, member: true, label: 'Reply' });
    const types = (text) => {
      composer.input.value = text;
      composer.input.dispatchEvent(new Event('input'));
    };
    shows(null);
    types('to the room');
    shows(12);
    equals([composer.input.value, composer.input.placeholder], ['', 'Reply']);
    types('to the thread');
    shows(null);
    equals(composer.input.value, 'to the room');
    shows(12);
    composer.node.dispatchEvent(new Event('submit', { cancelable: true }));
    equals([sent[0], composer.input.value, own.get('draft', 'general', 12), own.get('draft', 'general', 0).text], [['to the thread', { thread: 12 }], '', null, 'to the room']);
  },

  async 'keeps drafts over a reload, for each room, until the person signs out'(client) {
    const server = new RoomServer(client);
    server.rooms.push({ id: 'random', name: 'random', kind: 'public', role: 'member' });
    const before = await shown(server);
    await writes(before, 'half a thought @b');
    await until(() => find(before, '[role=option]'));
    press(find(before, '.box textarea'), 'Enter');
    before.open('random');
    await until(() => find(before, '.box textarea').value === '');
    before.remove();
    const after = await shown(server);
    await until(() => find(after, '.box textarea').value === 'half a thought @Bob ');
    press(find(after, '.box textarea'), 'Enter');
    await until(() => server.asked('message.post').length === 1);
    equals(server.asked('message.post')[0].mentions, ['bob']);
    await writes(after, 'another');
    equals(kept(server).length, 1);
    after.tokenProvider = null;
    equals(kept(server), []);
    const again = await shown(server);
    equals(find(again, '.box textarea').value, '');
  },

};

function find(element, selector) {
  return element.shadowRoot.querySelector(selector);
}

function all(element, selector) {
  return [...element.shadowRoot.querySelectorAll(selector)];
}

/** Alice's element with the room open and the style sheet loaded. */
async function shown(server) {
  const element = server.shows({ before: (one) => (one.style.width = '900px') });
  await until(() => all(element, '.message').length >= 2 && getComputedStyle(find(element, '.app')).visibility === 'visible' && !find(element, '.box textarea').disabled);
  return element;
}

/** Types at the end of the composer's text. */
async function writes(element, text) {
  const input = find(element, '.box textarea');
  input.focus();
  await until(() => find(element, '.suggestions'));
  input.setSelectionRange(input.value.length, input.value.length);
  input.setRangeText(text, input.value.length, input.value.length, 'end');
  input.dispatchEvent(new Event('input', { bubbles: true }));
  return input;
}

/** Whether the browser's own action for the key remains. */
function press(target, key, keys = {}) {
  return target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, composed: true, ...keys }));
}

async function opensPicker(element) {
  find(element, '[aria-haspopup=dialog].composer-tool').click();
  await until(() => find(element, '.picker [data-emoji]'));
}

function kept(server) {
  return Object.keys(localStorage).filter((key) => key.startsWith('parley.local') && key.includes(server.url) && key.includes('draft'));
}

const canvas = Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d', { willReadFrequently: true });

/** The WCAG 2 contrast of an element's text with what is behind it. */
function contrast(element) {
  const grounds = [];
  for (let at = element; at; at = at.parentElement) grounds.unshift(getComputedStyle(at).backgroundColor);
  const [lighter, darker] = [luminance([...grounds, getComputedStyle(element).color]), luminance(grounds)].sort((a, b) => b - a);
  return (lighter + 0.05) / (darker + 0.05);
}

/** Of these colors, one over the other. */
function luminance(colors) {
  for (const color of colors) {
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
  }
  const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].map((value) => value / 255).map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
