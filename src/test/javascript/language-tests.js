/** The language and the writing direction of the element, in the pages that it may be part of. */
import { MessageServer, bob, conversation, types } from './acts-kit.js';
import { endings, equals, until } from './kit.js';

const noa = { id: 'noa', name: 'נועה' };

export const tests = {
  async 'shows the words, numbers and dates of its own language before that of the page'(client) {
    documentLang(client, 'en');
    const { page } = await shown(client, { lang: 'de-AT' });
    equals([page.find('.app').lang, page.find('h2').textContent, page.box().placeholder], ['de-AT', 'Räume', 'Nachricht an general']);
    equals([page.find('.divider').textContent, page.find('.message time').textContent.includes('M')], ['Montag, 2. März', false]);
  },

  async 'follows the page, and the part of the page that it is in'(client) {
    documentLang(client, 'de');
    const { page } = await shown(client);
    equals(page.box().placeholder, 'Nachricht an general');
    page.element.remove();
    const around = document.createElement('section');
    around.lang = 'en';
    document.body.append(around);
    endings.push(() => around.remove());
    around.append(page.element);
    await until(() => page.box().placeholder === 'Message general');
    equals(page.find('h2').textContent, 'Rooms');
  },

  async 'is English in a language that it does not have'(client) {
    documentLang(client, 'de');
    const { page } = await shown(client, { lang: 'xx' });
    equals([page.find('.app').lang.startsWith('en'), page.box().placeholder], [true, 'Message general']);
  },

  async 'changes its language and keeps the draft and the place'(client) {
    documentLang(client, 'en');
    const { page } = await shown(client);
    types(page.box(), 'half a sentence');
    page.element.lang = 'de';
    await until(() => page.box().placeholder === 'Nachricht an general');
    equals([page.box().value, page.find('.room[aria-current]').dataset.room, page.all('.message').length], ['half a sentence', 'general', 2]);
    page.element.removeAttribute('lang');
    equals(page.box().placeholder, 'Message general');
  },

  async 'has one language in all elements of a page'(client) {
    documentLang(client, 'en');
    const { page, server } = await shown(client);
    const other = server.shows({ attributes: { room: 'general', lang: 'de' } });
    const box = (element) => element.shadowRoot.querySelector('.composer textarea')?.placeholder;
    await until(() => box(other) === 'Nachricht an general');
    equals(box(page.element), 'Nachricht an general');
  },

  async 'mirrors a right-to-left page: rooms, panels and icons'(client) {
    const { page } = await shown(client, { dir: 'rtl' });
    const middle = (selector) => page.find(selector).getBoundingClientRect().x + page.find(selector).getBoundingClientRect().width / 2;
    equals([middle('.rooms') > middle('.main'), middle('.send') < middle('.formats'), middle('.message .avatar') > middle('.message .author')], [true, true, true]);
    equals(getComputedStyle(page.find('.send .icon')).scale, '-1 1');
    page.find('.header .people').click();
    await until(() => page.find('.members li'));
    equals(middle('.members') < middle('.main'), true);
  },

  async 'keeps English words in order and on the right side of a right-to-left page'(client) {
    const { page, root } = await shown(client, { dir: 'rtl' });
    const number = page.row(root).querySelector('.replies .number');
    equals(number.textContent, '2 replies');
    equals(inOrder(number.firstChild), true);
    const day = page.find('.divider button');
    equals([day.textContent, inOrder(day.firstChild), direction(day)], ['Monday, March 2', true, 'rtl']);
    const [word, place] = [page.find('.rooms h2'), page.find('.rooms header')].map((node) => range(node).getBoundingClientRect());
    equals(place.right - word.right < place.width / 4, true);
  },

  async 'keeps a right-to-left name beside its picture, its role and its time'(client) {
    for (const dir of ['ltr', 'rtl']) {
      const { page } = await shown(client, { dir });
      page.find('.header .people').click();
      await until(() => page.all('.members li').length === 3);
      const member = page.all('.members li').find((one) => one.textContent.includes(noa.name));
      const message = page.all('.message').find((one) => one.querySelector('.author')?.textContent === noa.name);
      for (const [picture, name] of [[member.querySelector('.avatar'), member.querySelector('.name')], [message.querySelector('.avatar'), message.querySelector('.author')]]) {
        const [face, text] = [picture.getBoundingClientRect(), range(name).getBoundingClientRect()];
        const gap = dir === 'ltr' ? text.left - face.right : face.left - text.right;
        equals([dir, gap >= 0 && gap < 20], [dir, true]);
      }
      page.element.remove();
    }
  },

  async 'keeps the order of a sentence around a right-to-left name'(client) {
    const { page, server } = await shown(client);
    server.tells({ type: 'typing', room: 'general', by: noa, on: true });
    await until(() => page.find('.typing').textContent);
    equals([page.find('.typing').textContent.replace(/[\u2068\u2069]/g, ''), inOrder(page.find('.typing').firstChild, [noa.name, 'is typing'])], [`${noa.name} is typing…`, true]);
  },
};

/** A conversation with a Hebrew name and a thread. `root` is the message with two replies. */
async function shown(client, attributes = {}) {
  const server = new MessageServer(client);
  Object.assign(server.people, { noa });
  Object.assign(server.roles, { noa: 'moderator' });
  server.log = [];
  const root = server.writes('Who takes the smoke tests?', { by: bob, minute: 0 });
  server.writes('I can, after ten.', { by: noa, minute: 1 });
  for (const minute of [2, 3]) server.writes('Thanks.', { by: bob, minute, thread: root });
  const page = await conversation(server, { role: 'owner', attributes: { room: 'general', ...attributes } });
  await until(() => page.row(root)?.querySelector('.replies'));
  return { page, server, root };
}

/** The page's language for one test. */
function documentLang({ speak }, lang) {
  const before = document.documentElement.lang;
  document.documentElement.lang = lang;
  endings.push(async () => {
    document.documentElement.lang = before;
    await speak([before || 'en']);
  });
}

const direction = (node) => getComputedStyle(node).direction;

function range(node, from = 0, to = node.childNodes.length) {
  const made = document.createRange();
  made.setStart(node, from);
  made.setEnd(node, to);
  return made;
}

/** Whether these parts of the text, or its first and its last word, stand from left to right. */
function inOrder(text, [first, last] = [text.data.split(' ')[0], text.data.split(' ').at(-1)]) {
  const left = (part) => range(text, text.data.indexOf(part), text.data.indexOf(part) + part.length).getBoundingClientRect().left;
  return left(first) < left(last);
}
