/** Reading: the place that a person keeps, the date, what is announced, and what stands beside the conversation. */
import { MessageServer, conversation, presses, types } from './acts-kit.js';
import { alice, bob, endings, equals, evenly, frame, settled, until, within } from './kit.js';

/** Alice's page of a room with this many messages of Bob, one a minute. */
async function reading(client, { count = 120, before = () => {}, ...options } = {}) {
  const server = new MessageServer(client);
  server.log = [];
  for (let n = 1; n <= count; n++) server.writes(`message ${n}`, { by: bob, minute: n });
  before(server);
  const page = await conversation(server, options);
  const log = page.find('.main .log');
  const top = (offset) => page.row(offset).getBoundingClientRect().top - log.getBoundingClientRect().top;
  /** Scrolls up, and returns the offset of the first message of which a part is in view. */
  const scrollsUp = async (by) => {
    log.scrollTop -= by;
    await until(() => !page.find('.main .latest').hidden);
    await settled();
    const first = page.all('.main article').find((article) => article.getBoundingClientRect().bottom > log.getBoundingClientRect().top);
    return Number(first.dataset.offset);
  };
  return { server, page, log, top, scrollsUp };
}

/** The network is away while so many messages are posted that the server can't resume. */
async function losesTheConnection(server, many) {
  server.recovers = false;
  server.breaksOff();
  many();
  await until(() => server.greeted === 2 && server.asked('subscribe').length >= 3);
}

/** Texts that take more lines in a narrow page. */
function wraps(server) {
  for (const event of server.log) event.text = `${event.text} ${'of several words '.repeat(event.offset % 5)}`;
}

/** As a person who drags the border of the window to and fro. */
async function narrowsAndWidens(page) {
  for (let n = 0; n < 60; n++) {
    page.element.style.width = `${900 - 16 * Math.min(n, 59 - n)}px`;
    await frame();
  }
  await frame();
}

const fileOf = (message) => ({ id: `f${message}`, name: `file ${message}`, size: 1, type: 'text/plain', message });

/** Alice's page with the panel of the room's six files, of which the server gives three at a time. `asked` are the pages that it was asked for. */
async function withFiles(client) {
  const server = new MessageServer(client);
  server.features = [...server.features, 'files'];
  server.files = [6, 5, 4, 3, 2, 1].map(fileOf);
  const asked = [];
  const rest = server.fetched;
  server.fetched = (url, options) => {
    if (!url.pathname.endsWith('/files')) return rest(url, options);
    const before = Number(url.searchParams.get('before') ?? Infinity);
    asked.push(before);
    const left = server.files.filter(({ message }) => message < before);
    return Response.json({ files: left.slice(0, 3), more: left.length > 3 });
  };
  const page = await conversation(server);
  const names = () => page.all('.files-panel .jump .name').map(({ textContent }) => textContent);
  page.find('.files-button').click();
  await until(() => names().length === 3 && !page.find('.files-panel .more').hidden);
  page.find('.files-panel .more').click();
  await until(() => names().length === 6);
  return { server, page, asked, names };
}

const heard = (page) => page.all('.main .timeline > .spoken[aria-live] p').map(({ textContent }) => textContent);

export const tests = {
  async 'keeps the place of a person who reads further up when the server starts the room over'(client) {
    const { server, page, log, top, scrollsUp } = await reading(client);
    const first = await scrollsUp(900);
    const before = top(first);
    await evenly(() => losesTheConnection(server, () => {
      for (let n = 0; n < 1_100; n++) server.logs({ type: 'message.posted', by: bob, text: `later ${n}`, key: `later ${n}` });
      server.logs({ type: 'message.edited', message: first, text: 'edited in the gap', by: bob });
    }));
    await until(() => page.text(first) === 'edited in the gap');
    within(top(first), before - 2, before + 2);
    // What was missed is loaded on the way down.
    await until(() => ((log.scrollTop = log.scrollHeight), page.all('.main .text').some(({ textContent }) => textContent === 'later 30')));
    page.find('.main .latest').click();
    await until(() => page.all('.main .text').at(-1)?.textContent === 'later 1099');
  },

  async 'loads members and bans again when the server starts the room over'(client) {
    const { server, page } = await reading(client, { count: 3, role: 'moderator' });
    page.find('.people').click();
    await until(() => page.all('.members li').length === 2);
    server.roles.carol = 'member';
    await evenly(() => losesTheConnection(server, () => server.logs({ type: 'member.joined', by: bob, user: { id: 'carol', name: 'Carol' }, role: 'member' })));
    await until(() => page.all('.members li').length === 3);
  },

  async 'shows the members of a room that was opened while their list was on its way'(client) {
    let answer = () => {};
    const { server, page } = await reading(client, {
      count: 3,
      before: (one) => {
        one.rooms.push({ id: 'random', name: 'random', kind: 'public', role: 'none' });
        const usual = one.fetched;
        one.fetched = (url, options) => (url.pathname.endsWith('/random/members') ? new Promise((resolve) => (answer = () => resolve(usual(url, options)))) : usual(url, options));
      },
    });
    page.find('.people').click();
    await until(() => page.all('.members li').length === 2);
    page.find('.room[data-room=random]').click();
    await until(() => page.find('.room[data-room=random][aria-current]') && page.find('.main .log').ariaBusy === 'false');
    equals(page.all('.members li').length, 0);
    answer();
    await until(() => (answer(), page.all('.members li').length === 2));
  },

  async 'keeps the rows of the members, and the focus, while others come and go'(client) {
    const { server, page } = await reading(client, { count: 3, before: (one) => one.features.push('people') });
    server.roles.carol = 'member';
    page.find('.people').click();
    await until(() => page.all('.members li').length === 3);
    const name = (text) => page.all('.members li button.name').find((one) => one.textContent.startsWith(text));
    const [bobs, carols] = [name('Bob'), name('carol')];
    bobs.focus();
    server.tells({ type: 'presence', room: 'general', online: ['alice', 'bob'] });
    await until(() => carols.closest('section').querySelector('h3').textContent.startsWith(client.strings.offlineHeading));
    equals([page.root.activeElement === bobs, name('Bob') === bobs, page.all('.members section').length], [true, true, 2]);
    server.tells({ type: 'presence', room: 'general', online: ['alice', 'carol'] });
    await until(() => name('Bob').closest('section').querySelector('h3').textContent.startsWith(client.strings.offlineHeading));
    equals(page.root.activeElement === name('Bob'), true);
  },

  async 'shows a member past the first thousand'(client) {
    const everyone = Array.from({ length: 1_050 }, (_, n) => ({ user: { id: `u${String(n).padStart(4, '0')}` }, role: 'member', online: false }));
    const { page } = await reading(client, {
      count: 3,
      before: (server) => {
        const usual = server.fetched;
        server.fetched = (url, options) => {
          if (!url.pathname.endsWith('/members')) return usual(url, options);
          const rest = everyone.filter(({ user }) => user.id > (url.searchParams.get('after') ?? ''));
          return Response.json({ members: rest.slice(0, 100), more: rest.length > 100 });
        };
      },
    });
    page.find('.people').click();
    await until(() => page.all('.members li').length === 1_000);
    const more = page.find('.members .earlier');
    more.focus();
    more.click();
    await until(() => page.all('.members li').length === 1_050);
    equals([page.find('.members .earlier'), page.find('.members').contains(page.root.activeElement)], [null, true]);
  },

  async 'shows the date of what is in view, and nothing twice'(client) {
    const { page, log, scrollsUp } = await reading(client);
    await scrollsUp(1_000);
    const shown = page.find('.main .day-in-view');
    await until(() => !shown.hidden);
    equals(shown.textContent, page.find('.main .divider.day').textContent);
    await until(() => ((log.scrollTop = 0), shown.hidden));
  },

  async 'keeps the place when the width changes'(client) {
    const long = 'long enough to be broken into lines when the page gets narrower, and then some more words to make it so. '.repeat(3);
    const { page, top, scrollsUp } = await reading(client, {
      before: (server) => server.log.forEach((event) => (event.text = `${event.text} ${long}`)),
    });
    const first = await scrollsUp(2_500);
    const before = top(first);
    page.element.style.width = '420px';
    await until(() => page.find('.main').getBoundingClientRect().width < 430);
    await until(() => Math.abs(top(first) - before) < 3);
  },

  async 'keeps the place while the width changes with each frame'(client) {
    const { page, top, scrollsUp } = await reading(client, { before: wraps });
    const first = await scrollsUp(900);
    const before = top(first);
    await narrowsAndWidens(page);
    // A browser rounds corrections. Their remainders must not add up.
    within(top(first), before - 1.5, before + 1.5);
  },

  async 'stays at the end while the width changes with each frame'(client) {
    const { page, log } = await reading(client, { before: wraps });
    await narrowsAndWidens(page);
    within(log.scrollHeight - log.scrollTop - log.clientHeight, -1, 1);
    equals(page.find('.main .latest').hidden, true);
  },

  async 'keeps the place when the portal was scrolled before the size changes'(client) {
    const { page, top, scrollsUp } = await reading(client);
    const portal = document.body.appendChild(document.createElement('div'));
    portal.style.height = '3000px';
    endings.push(() => portal.remove());
    const first = await scrollsUp(900);
    const before = top(first);
    scrollBy(0, 200);
    endings.push(() => scrollTo(0, 0));
    equals(scrollY > 100, true);
    page.element.style.width = '420px';
    await until(() => page.find('.main').getBoundingClientRect().width < 430);
    await frame();
    await frame();
    within(top(first), before - 3, before + 3);
  },

  async 'keeps the files that a person looks through, and the focus, while messages arrive'(client) {
    const { server, page, asked, names } = await withFiles(client);
    page.all('.files-panel .jump')[3].focus();
    const before = asked.length;
    for (let n = 0; n < 5; n++) server.writes(`no file ${n}`);
    await until(() => page.text(server.log.length) === 'no file 4');
    await settled();
    equals([names().length, page.root.activeElement.querySelector('.name').textContent, asked.length], [6, 'file 3', before]);
    server.files.unshift(fileOf(20));
    server.writes('a file', { files: [fileOf(20)] });
    await until(() => names().length === 7);
    equals([names(), page.root.activeElement.querySelector('.name').textContent], [['file 20', 'file 6', 'file 5', 'file 4', 'file 3', 'file 2', 'file 1'], 'file 3']);
    // The message of the newest file is deleted.
    server.files.shift();
    server.changes('message.deleted', server.log.length);
    await until(() => names().length === 6);
    equals(names()[0], 'file 6');
  },

  async 'draws the room while it is loaded again, for a person who read its beginning'(client) {
    const { server, page, log } = await reading(client);
    await until(() => ((log.scrollTop = 0), page.row(1)));
    await frame();
    log.scrollTop = 0;
    await frame();
    const problems = [];
    const failed = (event) => problems.push(event.message);
    addEventListener('error', failed);
    endings.push(() => removeEventListener('error', failed));
    // Another session begins, and waits for the messages.
    server.deaf = true;
    page.element.setAttribute('single', '');
    await until(() => log.ariaBusy === 'true' && page.find('.top').dataset.kind === 'loading');
    equals(problems, []);
  },

  async 'keeps the place while the portal hides the element, and messages arrive and the width changes'(client) {
    const { server, page, top, scrollsUp } = await reading(client, { before: wraps });
    const first = await scrollsUp(900);
    const before = top(first);
    page.element.style.display = 'none';
    await frame();
    await frame();
    server.writes('unseen');
    await until(() => page.text(121) ?? page.find('.main .latest span').textContent.includes('1'));
    page.element.style.width = '420px';
    await frame();
    page.element.style.display = 'block';
    await frame();
    await frame();
    await settled();
    within(top(first), before - 2, before + 2);
  },

  async 'keeps the place when it draws in the frame of a change of the width'(client) {
    const { page, top, scrollsUp } = await reading(client, { before: wraps });
    const first = await scrollsUp(900);
    await until(() => page.row(30));
    await frame();
    const before = top(first);
    page.element.style.width = '420px';
    page.element.open('general');
    await frame();
    await frame();
    within(top(first), before - 2, before + 2);
  },

  async 'keeps the place in a portal that is scaled'(client) {
    for (const scale of [{ zoom: '1.5' }, { transform: 'scale(0.5)' }]) {
      const { page, top, scrollsUp } = await reading(client, { before: wraps });
      Object.assign(page.element.style, scale);
      await frame();
      await frame();
      const first = await scrollsUp(900);
      const before = top(first);
      page.element.style.width = '420px';
      await frame();
      await frame();
      await settled();
      within(top(first), before - 3, before + 3);
      page.element.remove();
    }
  },

  async 'repeats the name within a long run of one author'(client) {
    const { page } = await reading(client, { count: 40, before: (server) => server.log.forEach((event, n) => (event.at = new Date(Date.parse(event.at) - n * 59_000).toISOString())) });
    within(page.all('.main article .author').length, 3, 6);
  },

  async 'shows the whole time of day beside a message, without a leading zero'(client) {
    const { page } = await reading(client, { count: 3, before: (server) => server.log.forEach((event, n) => (event.at = new Date(2026, 2, 2, 12, 44, n * 10).toISOString())) });
    const aside = page.find('.main time.aside');
    equals(aside.textContent.replace(/\s/g, ' '), '12:44 PM');
    within(aside.scrollWidth - aside.clientWidth, -100, 0);
    equals(page.all('.main time').every(({ textContent }) => !textContent.startsWith('0')), true);
  },

  async 'keeps its header whole when a reader spaces the text out'(client) {
    const { page } = await reading(client, { count: 3, before: (server) => (server.rooms[0].topic = 'Ship on Friday') });
    // WCAG 2.2, success criterion 1.4.12.
    const spaced = new CSSStyleSheet();
    spaced.replaceSync('* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }');
    page.root.adoptedStyleSheets = [...page.root.adoptedStyleSheets, spaced];
    const [header, title] = ['.header', '.header .title'].map((one) => page.find(one).getBoundingClientRect());
    equals([title.top >= header.top, title.bottom <= header.bottom], [true, true]);
  },

  async 'keeps the name of the room beside a thread'(client) {
    const { page } = await reading(client, { count: 3, width: '1000px', before: (server) => server.writes('reply', { by: bob, thread: 1 }) });
    page.row(1).querySelector('.replies').click();
    await until(() => page.find('.thread:not([hidden]) .root .message'));
    await until(() => page.find('.main').getBoundingClientRect().width < 500);
    const [header, title, people] = ['.main .header', '.main .title h2', '.main .people'].map((one) => page.find(one).getBoundingClientRect());
    within(title.width, 80, 500);
    within(people.right, 0, header.right);
  },

  async 'keeps the editor in view when a keyboard or a turned phone leaves less space'(client) {
    const { page, log } = await reading(client, { count: 40, before: (server) => [41, 42].forEach((minute) => server.writes('mine', { by: alice, minute })) });
    const mine = 42;
    page.element.style.setProperty('--parley-height', '600px');
    presses(page.box(), 'ArrowUp');
    await until(() => page.row(mine).querySelector('textarea'));
    log.scrollTop -= 40;
    await settled();
    page.element.style.setProperty('--parley-height', '330px');
    const inView = () => {
      const [outer, inner] = [log.getBoundingClientRect(), page.row(mine).querySelector('textarea').getBoundingClientRect()];
      return inner.top >= outer.top - 1 && inner.bottom <= outer.bottom + 1;
    };
    await until(() => log.clientHeight < 250 && inView());
  },

  async 'announces what arrives, but neither what a room is opened with nor what is loaded'(client) {
    const { server, page, log } = await reading(client);
    await settled();
    equals(heard(page), []);
    const posted = server.writes('just now', { by: bob });
    await until(() => page.row(posted));
    equals(heard(page), ['Bob: just now']);
    const own = server.writes('my own', { by: alice });
    await until(() => page.row(own));
    log.scrollTop = 0;
    await until(() => page.row(50));
    equals([heard(page), log.getAttribute('aria-live')], [['Bob: just now'], 'off']);
  },

  async 'says that a message is too long, once'(client) {
    const { page } = await reading(client, { count: 3, before: (server) => (server.limits = { text: 10 }) });
    const said = page.find('.main .composer .spoken[role=status]');
    types(page.box(), 'x'.repeat(10));
    equals([said.textContent, page.box().ariaInvalid], ['', null]);
    types(page.box(), 'x'.repeat(11));
    equals([said.textContent, page.box().getAttribute('aria-invalid')], [client.strings.tooLong, 'true']);
  },

  async 'says that a room keeps nothing, and lets its owner change that'(client) {
    const changes = [];
    const { server, page } = await reading(client, {
      count: 3,
      role: 'owner',
      before: (one) => {
        const usual = one.fetched;
        one.rooms[0].retention = 'none';
        one.fetched = (url, options) => (options?.method === 'PATCH' ? (changes.push(JSON.parse(options.body)), Response.json(one.rooms[0])) : usual(url, options));
      },
    });
    await until(() => page.find('.main .top').textContent.includes(client.strings.kept.none));
    page.find('.people').click();
    await until(() => page.find('.members .kept').textContent === client.strings.kept.none);
    page.all('.members footer .act').find(({ textContent }) => textContent === client.strings.roomSettings).click();
    await until(() => page.find('dialog[open] #settings-retention'));
    equals([page.find('#settings-name').value, page.find('#settings-retention').value], ['general', 'none']);
    page.find('#settings-retention').value = '30d';
    page.find('dialog[open] form').requestSubmit();
    await until(() => !page.find('dialog[open]'));
    equals(changes, [{ retention: '30d' }]);
    server.says({ type: 'room.updated', by: alice, kind: 'public', name: 'general', retention: '30d' });
    await until(() => page.find('.members .kept').textContent === client.strings.keptDays(30));
  },

  async 'asks before a person leaves a private room'(client) {
    const { server, page } = await reading(client, { count: 3, before: (one) => (one.rooms[0].kind = 'private') });
    server.answers['room.leave'] = () => ({ offset: 4 });
    page.find('.people').click();
    const leave = () => page.all('.members footer .act').find(({ textContent }) => textContent === client.strings.leave);
    await until(() => leave() && !leave().hidden);
    leave().click();
    await until(() => page.find('dialog[open]'));
    equals([page.root.activeElement.textContent, server.asked('room.leave').length], [client.strings.cancel, 0]);
    page.root.activeElement.click();
    await until(() => !page.find('dialog[open]'));
    leave().click();
    await until(() => page.find('dialog[open]'));
    page.find('dialog[open] form').requestSubmit();
    await until(() => server.asked('room.leave').length === 1);
  },

  async 'brings a discarded message back'(client) {
    const { server, page } = await reading(client, { count: 3 });
    server.refuses['message.post'] = [{ code: 'too_large' }];
    types(page.box(), 'too much');
    presses(page.box(), 'Enter');
    const buttons = () => page.all('.main article button').map(({ textContent }) => textContent);
    await until(() => buttons().includes(client.strings.discard));
    page.all('.main article button').find(({ textContent }) => textContent === client.strings.discard).click();
    await until(() => page.all('.main .text').at(-1).textContent.startsWith(client.strings.discarded));
    page.all('.main article .undo button').at(-1).click();
    await until(() => buttons().includes(client.strings.discard));
    equals(page.all('.main .text').at(-1).textContent, 'too much');
  },

  async 'makes one room a stop of the Tab key, and the arrow keys reach the others'(client) {
    const { page } = await reading(client, { count: 3, before: (server) => server.rooms.push(...Array.from({ length: 30 }, (_, n) => ({ id: `r${n}`, name: `Room ${n}`, kind: 'public', role: 'member' }))) });
    await until(() => page.all('.room').length === 31);
    const stops = () => page.all('.rooms .room').filter(({ tabIndex }) => tabIndex === 0).map(({ dataset }) => dataset.room);
    equals(stops(), ['general']);
    page.find('.room[data-room=general]').focus();
    presses(page.root.activeElement, 'End');
    equals([stops().length, stops()[0], page.root.activeElement], [1, page.all('.room').at(-1).dataset.room, page.all('.room').at(-1)]);
    presses(page.root.activeElement, 'Home');
    equals(page.root.activeElement, page.all('.room')[0]);
  },

  async 'keeps what a panel covers out of reach'(client) {
    const { page } = await reading(client, { count: 3, width: '600px' });
    page.find('.people').click();
    await until(() => page.find('.app').dataset.panel === 'members');
    equals([page.find('.main').inert, page.find('.members').inert], [true, false]);
    presses(page.root.activeElement, 'Escape');
    await until(() => !page.find('.main').inert);
    page.element.style.width = '1200px';
    page.find('.people').click();
    await until(() => page.find('.app').dataset.panel === 'members' && !page.find('.main').inert);
  },
};
