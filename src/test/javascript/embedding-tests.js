/** The element in the page of a portal, which folds it away, moves it and scrolls it, and has fields, dialogs and keys of its own. */
import { MessageServer, conversation, presses } from './acts-kit.js';
import { RoomServer, bob, endings, equals, frame, posted, settled, until, within } from './kit.js';

/** Adds something of the portal to the page. */
function portal(name, { text = '', style = '' } = {}) {
  const node = document.createElement(name);
  node.textContent = text;
  node.style.cssText = style;
  document.body.append(node);
  endings.push(() => node.remove());
  return node;
}

/** Frames, until what observes the element has told about it. */
async function drawn() {
  for (let n = 0; n < 3; n++) await frame();
  await settled();
}

/** Alice's page with this many messages of Bob. */
async function page(client, { count = 3, ...options } = {}) {
  const server = new MessageServer(client);
  server.log = [];
  for (let n = 1; n <= count; n++) server.writes(`message ${n}`, { by: bob, minute: n });
  return { server, page: await conversation(server, options) };
}

/** The pointer presses something of the portal, which gets the focus. */
async function clicks(node) {
  node.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, composed: true }));
  node.focus();
  node.dispatchEvent(new PointerEvent('pointerup', { bubbles: true, composed: true }));
  await drawn();
}

export const tests = {
  async 'counts what arrives while the portal has folded the element away'(client) {
    for (const folds of [(element) => (element.style.display = 'none'), (element) => Object.assign(element.style, { position: 'fixed', top: '9999px' })]) {
      const server = new RoomServer(client);
      const unread = [];
      const element = server.shows({ before: (one) => one.addEventListener('parley-unread', ({ detail }) => unread.push(detail.unread)) });
      await until(() => element.shadowRoot.querySelectorAll('.message').length === 2);
      folds(element);
      await drawn();
      server.says(posted('to nobody who looks'));
      await until(() => element.shadowRoot.textContent.includes('to nobody who looks'));
      await drawn();
      equals(unread, [1]);
      element.style.cssText = '';
      await until(() => unread.length === 2);
      equals(unread, [1, 0]);
      element.remove();
      server.ends();
    }
  },
};
