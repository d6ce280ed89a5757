/** The element in the page of a portal, which folds it away, moves it and scrolls it, and has fields, dialogs and keys of its own. */
import { MessageServer, conversation, presses } from './acts-kit.js';
import { RoomServer, bob, endings, equals, frame, posted, settled, until, within } from './kit.js';

/** Adds something of the portal to the page. */
function portal(name, { text = '', style = '' } = {}) {
  const node = document.createElement(name);
  node.textContent = text;
  // The page of the tests is a column as high as the window.
  node.style.cssText = `flex: none; ${style}`;
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
async function page(client, { count = 3, before = () => {}, ...options } = {}) {
  const server = new MessageServer(client);
  server.log = [];
  before(server);
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

  async 'counts the messages of a room again when the element that showed it was removed while it asked for something'(client) {
    const server = new RoomServer(client);
    server.rooms.push({ id: 'random', name: 'random', kind: 'public', role: 'member' });
    const unread = [];
    const one = server.shows({ attributes: { room: 'random' }, before: (element) => element.addEventListener('parley-unread', ({ detail }) => unread.push(detail.unread)) });
    const other = server.shows();
    await until(() => server.asked('subscribe').length === 4 && other.shadowRoot.querySelector('.message'));
    let answer = null;
    server.fetched = () => new Promise((resolve) => (answer = () => resolve(Response.json({ members: [{ user: bob, role: 'member' }], more: false }))));
    other.shadowRoot.querySelector('.people').click();
    await until(() => answer);
    other.remove();
    answer();
    await new Promise((resolve) => setTimeout(resolve, 50));
    server.says(posted('to nobody else'));
    await until(() => one.shadowRoot.querySelector('[data-room=general] .badge:not(.failed)')?.textContent);
    equals(unread, [1]);
  },

  async 'goes on where it was when the portal moves it'(client) {
    const { server, page: chat } = await page(client, { count: 120 });
    server.writes('mine', { by: { id: 'alice', name: 'Alice' } });
    await until(() => chat.row(121));
    const log = chat.find('.main .log');
    const left = () => log.scrollHeight - log.scrollTop - log.clientHeight;
    portal('div').append(chat.element);
    await drawn();
    within(left(), -1, 1);
    chat.box().focus();
    presses(chat.box(), 'ArrowUp');
    await until(() => chat.find('.editor'));
    chat.find('.editor textarea').value = 'half a sen';
    chat.find('.people').click();
    await until(() => !chat.find('.members').hidden);
    log.scrollTop -= 900;
    await until(() => !chat.find('.main .latest').hidden);
    await drawn();
    const [first] = chat.all('.main article').filter((article) => article.getBoundingClientRect().bottom > log.getBoundingClientRect().top);
    const top = () => first.getBoundingClientRect().top - log.getBoundingClientRect().top;
    const before = top();
    chat.find('.people').click();
    chat.find('[aria-label="New room"]').click();
    portal('div').append(chat.element);
    await drawn();
    within(top(), before - 2, before + 2);
    equals([chat.find('.editor textarea')?.value, chat.root.querySelectorAll('dialog[open]').length, server.greeted], ['half a sen', 0, 1]);
    server.writes('after the move');
    await until(() => chat.all('.main .latest span')[0].textContent.includes('1'));
    // What is removed for good ends.
    chat.element.remove();
    await settled();
    equals(chat.element.stats, null);
  },

  async 'leaves the focus in a field of the portal when what it opened closes'(client) {
    const { page: chat } = await page(client);
    const field = portal('input');
    chat.hovers(2);
    chat.tool('more').focus();
    await chat.opensMenu(2);
    await clicks(field);
    equals([chat.find('.menu-box').matches(':popover-open'), document.activeElement === field], [false, true]);
    chat.find('.composer [aria-label="Emoji"]').click();
    await until(() => chat.find('.picker:popover-open'));
    // A press of a real pointer closes it by itself.
    field.focus();
    chat.find('.picker').hidePopover();
    await until(() => !chat.find('.picker'));
    equals(document.activeElement === field, true);
  },

  async 'leaves the focus in a field of the portal when the box can be used again'(client) {
    const { server, page: chat } = await page(client);
    const field = portal('input');
    chat.box().focus();
    server.says({ type: 'member.muted', user: { id: 'alice' }, by: bob, until: new Date(Date.now() + 60_000).toISOString() });
    await until(() => chat.box().disabled);
    field.focus();
    server.says({ type: 'member.unmuted', user: { id: 'alice' }, by: bob });
    await until(() => !chat.box().disabled);
    equals(document.activeElement === field, true);
  },

  async 'leaves the focus in a field of the portal when the server has answered'(client) {
    const { server, page: chat } = await page(client);
    server.writes('mine', { by: { id: 'alice', name: 'Alice' } });
    await until(() => chat.row(4));
    const field = portal('input');
    chat.box().focus();
    presses(chat.box(), 'ArrowUp');
    await until(() => chat.find('.editor'));
    chat.find('.editor textarea').value = 'mine, again';
    presses(chat.find('.editor textarea'), 'Enter');
    field.focus();
    await until(() => chat.text(4)?.startsWith('mine, again'));
    await drawn();
    equals([chat.find('.editor'), document.activeElement === field], [null, true]);
    server.answers['room.leave'] = () => ({});
    chat.find('.people').click();
    await until(() => chat.find('.members .act'));
    chat.all('.members .act').find(({ textContent }) => textContent === client.strings.leave).click();
    field.focus();
    await until(() => !chat.find('.join').hidden);
    await drawn();
    equals(document.activeElement === field, true);
  },

  async 'keeps what it opened beside its button while the portal scrolls'(client) {
    const { page: chat } = await page(client);
    const below = portal('div', { style: 'height: 3000px' });
    endings.push(() => scrollTo(0, 0));
    const beside = async (node, anchor) => {
      const distance = () => node().getBoundingClientRect().top - anchor.getBoundingClientRect().top;
      const before = distance();
      scrollBy(0, 20);
      await drawn();
      const { top, bottom } = node().getBoundingClientRect();
      // It stays in the window, whatever its button does.
      if (top > 9 && bottom < innerHeight - 9) within(distance(), before - 1, before + 1);
      scrollTo(0, 0);
      await drawn();
    };
    await chat.opensMenu(2);
    await beside(() => chat.find('.menu-box'), chat.tool('more'));
    presses(chat.root.activeElement, 'Escape');
    chat.find('.composer [aria-label="Emoji"]').click();
    await until(() => chat.find('.picker [data-emoji]'));
    await beside(() => chat.find('.picker'), chat.find('.composer [aria-label="Emoji"]'));
    chat.find('.picker').hidePopover();
    below.remove();
  },

  async 'opens beside its button in a portal that is scaled'(client) {
    const { page: chat } = await page(client, { width: '560px' });
    for (const scale of [{ zoom: '1.25' }, { zoom: '', transform: 'scale(0.8)', transformOrigin: '0 0' }]) {
      Object.assign(chat.element.style, scale);
      await drawn();
      await chat.opensMenu(2);
      const [menu, button] = [chat.find('.menu-box'), chat.tool('more')].map((node) => node.getBoundingClientRect());
      within(menu.right, button.right - 1, button.right + 1);
      presses(chat.root.activeElement, 'Escape');
      chat.find('.composer [aria-label="Emoji"]').click();
      await until(() => chat.find('.picker [data-emoji]'));
      await drawn();
      const [picker, emoji] = [chat.find('.picker'), chat.find('.composer [aria-label="Emoji"]')].map((node) => node.getBoundingClientRect());
      within(picker.left, emoji.left - 1, emoji.left + 1);
      chat.find('.picker').hidePopover();
      await until(() => !chat.find('.picker'));
    }
  },

  async 'follows the arrow keys from right to left in such a portal'(client) {
    const { page: chat } = await page(client);
    chat.element.dir = 'rtl';
    // A long press opens the usual emoji in a row.
    chat.row(2).dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, pointerType: 'touch', clientX: 10, clientY: 10 }));
    await until(() => chat.find('.menu-box:popover-open .emoji-row .tool'));
    const row = chat.all('.menu-box .emoji-row .tool');
    equals(chat.root.activeElement === row[0], true);
    presses(row[0], 'ArrowLeft');
    equals(chat.root.activeElement === row[1], true);
    presses(row[1], 'ArrowRight');
    equals(chat.root.activeElement === row[0], true);
    presses(row[0], 'Escape');
    const { voice } = await import(new URL('chat/file/voice.js', document.baseURI).href);
    const around = portal('div');
    around.dir = 'rtl';
    const player = voice({ id: 'v', name: 'v', size: 1 }, { blob: () => new Promise(() => {}) });
    around.append(player);
    const seek = player.querySelector('input');
    Object.assign(seek, { max: '10', value: '5' });
    presses(seek, 'ArrowLeft');
    equals(seek.value, '6');
    presses(seek, 'ArrowRight');
    presses(seek, 'ArrowDown');
    equals(seek.value, '4');
  },

  async 'takes the Escape key from the portal only when it closes something'(client) {
    const { page: chat } = await page(client);
    chat.box().focus();
    equals(presses(chat.box(), 'Escape'), true);
    chat.find('.people').click();
    await until(() => !chat.find('.members').hidden);
    equals([presses(chat.root.activeElement, 'Escape'), chat.find('.members').hidden], [false, true]);
    chat.box().focus();
    equals(presses(chat.box(), 'Escape'), true);
  },

  async 'leaves the Escape key to what is open above a panel'(client) {
    const { server, page: chat } = await page(client, { before: (one) => one.features.push('people', 'read', 'notifications'), role: 'owner' });
    chat.find('.people').click();
    await until(() => chat.find('.members button.name'));
    chat.find('.members button.name').click();
    await until(() => chat.find('.card:popover-open'));
    equals([presses(chat.find('.card'), 'Escape'), chat.find('.members').hidden], [true, false]);
    chat.find('.card').hidePopover();
    // The dialog of moderators.
    server.fetched = (url) => (url.pathname.endsWith('.css') ? undefined : Response.json({ reports: [], messages: [], rules: [], more: false }));
    chat.find('.row .room-more').click();
    await until(() => chat.item(client.strings.sidebar.moderation));
    chat.item(client.strings.sidebar.moderation).click();
    const dialog = () => chat.find('dialog.moderation');
    await until(() => dialog()?.open);
    equals([presses(dialog().querySelector('button'), 'Escape'), chat.find('.members').hidden], [true, false]);
    // Signed out by the server, the page shows nothing of the person.
    server.breaksOff(4001);
    await until(() => !dialog().open);
  },

  async 'keeps long ids, patterns and file names inside the moderation dialog'(client) {
    const { server, page: chat } = await page(client, { before: (one) => one.features.push('read'), role: 'owner' });
    const rest = server.fetched;
    const long = 'x'.repeat(250);
    const at = '2026-03-02T09:00:00.000Z';
    const answers = {
      reports: { reports: [{ id: 'r', author: { id: long }, text: long, by: { id: long }, reason: 'spam', at, takenBy: long }], more: false },
      approvals: { messages: [{ id: 'm', author: { id: long }, text: long, files: [long], pattern: long, at }], more: false },
      rules: { rules: [{ id: 'x', kind: 'link', pattern: long, action: 'block' }] },
    };
    server.fetched = (url, options) => {
      const answer = answers[url.pathname.split('/').at(-1)];
      return answer ? Response.json(answer) : rest(url, options);
    };
    await until(() => chat.find('.row .room-more'));
    chat.find('.row .room-more').click();
    await until(() => chat.item(client.strings.sidebar.moderation));
    chat.item(client.strings.sidebar.moderation).click();
    await until(() => chat.all('dialog.moderation[open] li').length > 2);
    const { scrollWidth, clientWidth } = chat.find('dialog.moderation');
    equals(scrollWidth, clientWidth);
  },

  async 'takes the Escape key that leaves an editor from the portal'(client) {
    const { server, page: chat } = await page(client);
    server.writes('mine', { by: { id: 'alice', name: 'Alice' } });
    await until(() => chat.row(4));
    chat.box().focus();
    presses(chat.box(), 'ArrowUp');
    await until(() => chat.find('.editor'));
    equals([presses(chat.find('.editor textarea'), 'Escape'), chat.find('.editor')], [false, null]);
  },

  async 'does not scroll the portal when it restores the focus after a change'(client) {
    const { server, page: chat } = await page(client, { role: 'owner' });
    portal('div', { style: 'height: 3000px' });
    endings.push(() => scrollTo(0, 0));
    chat.find('.people').click();
    await until(() => chat.find('[data-manages=bob]'));
    chat.find('[data-manages=bob]').focus();
    scrollTo(0, 900);
    await drawn();
    server.says({ type: 'member.joined', user: { id: 'carol', name: 'Carol' }, role: 'member', by: bob });
    await until(() => chat.find('[data-manages=carol]'));
    await drawn();
    equals([chat.root.activeElement.dataset.manages, scrollY], ['bob', 900]);
  },
};
