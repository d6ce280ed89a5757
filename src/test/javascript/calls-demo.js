/** Calls in a room, for screenshots. */
import { alice, bob } from './acts-kit.js';
import { CallServer, FakeDevices, carol, longNamed } from './calls-kit.js';
import { settled, until } from './kit.js';
import { fillsThePage as fillsWithRooms } from './rooms-demo.js';

/** The states of which pictures are taken. The others are for a look by hand. */
const TAKEN = ['call', 'call-small'];
const MINUTES = 60_000;

export async function fillsThePage(base = new URL('.', document.baseURI).href) {
  const devices = new FakeDevices('alice');
  Object.defineProperty(navigator, 'mediaDevices', { value: devices, configurable: true });
  return fillsWithRooms(base, {
    features: ['search', 'files', 'documents'],
    states: (client, server, page) => {
      const calls = new CallServer(server, base);
      server.breaksOff();
      return states(server, page, calls, devices);
    },
  });
}

function states(server, page, calls, devices) {
  const painted = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const ready = () => until(() => !page.find('.call-button').hidden && server.asked('subscribe').length > 1);
  const tiles = () => page.all('.tile:not(.screen)');
  const connected = (count) => until(() => tiles().length === count && tiles().every((tile) => !tile.dataset.state));
  const press = (name) => page.all('.call .control').at(name).click();
  const [, CAMERA, SCREEN, HAND, SETTINGS] = [0, 1, 2, 3, 4];
  const joins = async () => {
    await ready();
    page.find('.call-button').click();
    await until(() => page.find('.call') && !page.find('.call').hidden && page.all('.tile').length > 0);
  };
  const rings = async (others = [bob]) => {
    await ready();
    for (const one of others) await calls.enters(one);
    await until(() => page.find('.call-bar') && !page.find('.call-bar').hidden);
  };
  const two = async () => {
    const his = await calls.enters(bob);
    await joins();
    await connected(2);
    return his;
  };
  const enter = {
    'call-header': ready,
    'call-ring': () => rings(),
    async 'call-alone'() {
      await joins();
      await until(() => page.find('.call .line').textContent !== '');
    },
    async call() {
      await ready();
      const his = await calls.enters(bob, { at: new Date(Date.now() - 12 * MINUTES).toISOString() });
      const hers = await calls.enters(carol);
      const theirs = await calls.enters(longNamed);
      await joins();
      await connected(4);
      await his.media.turn('camera', true);
      hers.raise(true);
      theirs.media.mute(true);
      press(CAMERA);
      await until(() => page.all('.tile video:not([hidden])').length === 2 && page.find('.tile .mark.hand'));
      await until(() => page.all('.tile video:not([hidden])').every((video) => video.videoWidth > 0));
      tiles()[0].setAttribute('data-speaks', '');
    },
    async 'call-screen'() {
      const his = await two();
      await his.media.turn('camera', true);
      await his.media.turn('screen', true);
      await until(() => page.find('.tile.screen video')?.videoWidth > 0);
    },
    async 'call-small'() {
      const his = await two();
      await his.media.turn('camera', true);
      await until(() => page.find('.tile video:not([hidden])')?.videoWidth > 0);
      page.all('.call header .round').at(-1).click();
      await until(() => page.find('.call').hasAttribute('data-small'));
    },
    async 'call-refused'() {
      devices.refuses = { audio: 'NotAllowedError' };
      await calls.enters(bob);
      await joins();
      await until(() => page.find('.call .problem').textContent !== '');
    },
    async 'call-trouble'() {
      const his = await two();
      await calls.enters(carol, { silent: true });
      await until(() => tiles().length === 3);
      press(HAND);
      press(SCREEN);
      calls.loses(bob);
      await until(() => his && page.find('.tile.screen'));
    },
    async 'call-settings'() {
      calls.turn = () => Response.json({ urls: ['turn:127.0.0.1:9', 'turn:127.0.0.1:9?transport=tcp'], username: 'u', credential: 'c', expires: new Date(Date.now() + 600_000).toISOString() });
      await joins();
      press(SETTINGS);
      await until(() => page.find('dialog.call-settings[open]') && page.all('.call-settings option').length > 5);
      page.find('.call-settings .act').click();
      await until(() => page.find('.call-settings table:not([hidden])'));
    },
    async 'call-full'() {
      await ready();
      for (const one of [bob, carol, longNamed, { id: 'y', name: 'Guest' }]) await calls.enters(one, { silent: true });
      await until(() => page.find('.call-bar') && !page.find('.call-bar').hidden);
      page.find('.call-bar .primary').click();
      await until(() => !page.find('.call-bar').hidden && page.find('.call-bar .primary').hidden);
    },
    async 'call-lines'() {
      await rings();
      calls.ends(bob, 754, [bob, carol, alice]);
      await until(() => page.all('.call-line').length >= 2);
      page.find('.log').scrollTop = 1e6;
    },
  };
  return {
    names: TAKEN,
    async shows(state) {
      await enter[state]();
      await painted();
    },
    async leaves() {
      page.find('dialog[open]')?.close();
      if (!page.find('.call')?.hidden) page.find('.call .control.leave')?.click();
      if (calls.call) calls.ends();
      devices.refuses = {};
      calls.turn = () => Response.json({ code: 'not_found' }, { status: 404 });
      await until(() => page.find('.call')?.hidden ?? true);
      if (page.find('.call-bar') && !page.find('.call-bar').hidden) page.find('.call-bar .link').click();
      page.root.activeElement?.blur();
      await settled();
    },
  };
}
