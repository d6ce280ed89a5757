/** Calls in the page: the bar that rings, the panel, its small form, and what is left behind. Media are real, between parts of one page. */
import { MessageServer, alice, bob, conversation, presses } from './acts-kit.js';
import { CallServer, FakeDevices, carol } from './calls-kit.js';
import { endings, equals, until, within } from './kit.js';

export const tests = {
  async 'people who may not post are not offered a call'(client) {
    const { server, page, calls } = await room(client);
    await calls.enters(bob, { silent: true });
    await until(() => shown(page, '.call-bar'));
    server.says({ type: 'member.role', by: bob, user: alice, role: 'guest' });
    await until(() => page.find('.call-button').hidden && !shown(page, '.call-bar'));
  },

  async 'puts a call aside, but not the next one'(client) {
    const { page, calls } = await room(client);
    await calls.enters(bob, { silent: true });
    await until(() => shown(page, '.call-bar'));
    equals(page.find('.call-bar [role=status]').textContent, 'Bob has started a call.');
    page.find('.call-bar .link').click();
    equals([shown(page, '.call-bar'), page.find('.call-button').ariaLabel], [false, 'Join the call, 1 person']);
    calls.ends();
    await until(() => page.find('.call-button').ariaLabel === 'Start a call');
    await calls.enters(carol, { silent: true });
    await until(() => shown(page, '.call-bar'));
  },

  async 'starts a call, shows who joins, and leaves nothing behind'(client) {
    const { server, page, calls, devices } = await room(client);
    page.find('.call-button').click();
    await until(() => shown(page, '.call') && page.root.activeElement === page.find('.call .control'));
    await until(() => page.find('.call .line').textContent.startsWith('Waiting'));
    await calls.enters(bob);
    await until(() => page.all('.tile:not([data-state])').length === 2);
    equals([page.all('.tile .name').map((one) => one.textContent), page.find('.call .line').textContent], [['Bob', 'You'], '']);
    await until(() => page.find('.call > .spoken').textContent === 'Bob joined the call.');
    const [track] = devices.given;
    page.all('.call .control').at(-1).click();
    await until(() => !shown(page, '.call'));
    equals([track.readyState, page.all('.tile').length, page.root.activeElement === page.find('.call-button'), server.asked('call.leave').length], ['ended', 0, true, 1]);
  },

  async 'says why a call is over, until the person has read it'(client) {
    const { server, page, calls } = await room(client);
    await calls.enters(bob, { silent: true });
    page.find('.call-button').click();
    await until(() => shown(page, '.call') && server.asked('call.join').length === 1 && page.all('.tile').length === 2);
    server.says({ type: 'member.role', by: bob, user: alice, role: 'guest' });
    server.tells({ type: 'call.left', room: 'general', call: 'call 1', participant: calls.people[1].participant, code: 'forbidden', rejoin: false });
    await until(() => page.find('.call-bar [role=status]')?.textContent.startsWith('You were removed'));
    equals(shown(page, '.call'), false);
    [...page.all('.call-bar .link')].at(-1).click();
    await until(() => !shown(page, '.call-bar'));
  },

  async 'moves the small call with the arrow keys, and not out of the element'(client) {
    const { page } = await room(client);
    page.find('.call-button').click();
    await until(() => shown(page, '.call'));
    page.all('.call header .round').at(-1).click();
    await until(() => page.find('.call').hasAttribute('data-small'));
    const place = () => page.find('.call').getBoundingClientRect();
    const before = place();
    presses(page.find('.handle'), 'ArrowLeft');
    equals(Math.round(before.left - place().left), 24);
    for (let n = 0; n < 100; n++) for (const key of ['ArrowLeft', 'ArrowUp']) presses(page.find('.handle'), key);
    const around = page.find('.main').getBoundingClientRect();
    equals([Math.round(place().left - around.left), Math.round(place().top - around.top)], [0, 0]);
    page.all('.call header .round').at(-1).click();
    await until(() => !page.find('.call').hasAttribute('data-small') && page.find('.call').style.translate === '');
  },

  async 'moves the small call with the pointer in a portal that is scaled'(client) {
    const { page } = await room(client);
    page.find('.call-button').click();
    await until(() => shown(page, '.call'));
    page.all('.call header .round').at(-1).click();
    await until(() => page.find('.call').hasAttribute('data-small'));
    const head = page.find('.call header');
    head.setPointerCapture = () => {};
    for (const scale of [{ transform: 'scale(0.5)', transformOrigin: '0 0' }, { transform: '', zoom: '1.25' }]) {
      Object.assign(page.element.style, scale);
      const place = () => page.find('.call').getBoundingClientRect();
      const before = place();
      const points = (type, x) => head.dispatchEvent(new PointerEvent(type, { clientX: x, clientY: 0, button: 0, pointerId: 1, bubbles: true }));
      points('pointerdown', 200);
      points('pointermove', 160);
      points('pointerup', 160);
      within(before.left - place().left, 39, 41);
    }
  },

  async 'tests the connection outside of a call, and says that there is no relay'(client) {
    const { page } = await room(client, ['people']);
    page.find('.self').click();
    await until(() => page.find('dialog.preferences[open]'));
    [...page.all('dialog.preferences .act')].find((one) => one.textContent === client.strings.call.test).click();
    await until(() => page.find('dialog.call-settings[open]'));
    equals([page.find('.call-settings h2').textContent, page.all('.call-settings .field').filter(({ hidden }) => !hidden).length], ['Test your connection', 0]);
    page.find('.call-settings .act').click();
    await until(() => page.find('.call-settings .verdict').textContent.startsWith('This installation has no TURN server'));
  },

  async 'shows calls from before the page was loaded'(client) {
    const server = new MessageServer(client);
    const calls = new CallServer(server, new URL('.', document.baseURI).href);
    const event = (type, more) => server.logs({ type, call: 'a', by: bob, ...more });
    calls.past = [event('call.started'), event('call.ended', { seconds: 60, people: [bob] })];
    server.writes('after the call');
    // A history has messages only.
    const page = await conversation(server);
    await until(() => page.all('.call-line').length === 2);
    equals(page.all('.messages > :is(.call-line, article)').slice(-3).map((one) => one.localName), ['div', 'div', 'article']);
  },

  async 'shows the start and the end of a call among the messages'(client) {
    const { server, page, calls } = await room(client);
    await calls.enters(bob, { silent: true });
    await until(() => page.all('.call-line').length === 1);
    server.writes('between');
    calls.ends(bob, 95, [bob, { id: 'x', name: '' }]);
    await until(() => page.all('.call-line').length === 2);
    const rows = page.all('.messages > :is(.call-line, article)').slice(-3).map((one) => one.querySelector('.text, .call-line span')?.firstChild.textContent.trim());
    equals(rows, ['Bob started a call', 'between', 'Call ended after 2 minutes: Bob and x']);
  },
};

function shown(page, selector) {
  const found = page.find(selector);
  return Boolean(found) && !found.hidden;
}

async function room(client, features = /** @type {string[]} */ ([])) {
  const devices = new FakeDevices('alice');
  const before = Object.getOwnPropertyDescriptor(navigator, 'mediaDevices');
  Object.defineProperty(navigator, 'mediaDevices', { value: devices, configurable: true });
  endings.push(() => {
    if (before) Object.defineProperty(navigator, 'mediaDevices', before);
    else Reflect.deleteProperty(navigator, 'mediaDevices');
  });
  const server = new MessageServer(client);
  server.features = [...server.features, ...features];
  const calls = new CallServer(server, new URL('.', document.baseURI).href);
  const page = await conversation(server);
  await until(() => !page.find('.call-button').hidden);
  return { server, page, calls, devices };
}
