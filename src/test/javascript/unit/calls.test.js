/** Taking part in calls: joining, negotiating, losing and regaining connections, devices, and what is refused. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { ANSWER_WITHIN, CONNECT_WITHIN, MOST_RESTARTS, OFFER_WITHIN, signalOf } from '../../../main/webapp/chat/call/peer.js';
import { EARLY_LASTS } from '../../../main/webapp/chat/call/call.js';
import { MOST_BYTES, MOST_WAITING, Outgoing } from '../../../main/webapp/chat/call/outgoing.js';
import { Problem } from '../../../main/webapp/chat/problem.js';
import { CallPage, CallServer, Devices, Net, ROOM, together } from './call-kit.js';
import { NOW, page, settled } from './kit.js';

/** Timers may begin others: they have their turns in steps. */
const STEP = 500;

function world(t) {
  const { passes } = page(t);
  const server = new CallServer();
  const net = new Net();
  t.after(() => server.pages.forEach((one) => one.calls.stop()));
  return {
    server,
    net,
    person: (user, options) => new CallPage(server, net, user, options),
    async passes(milliseconds) {
      for (let left = milliseconds; left > 0; left -= STEP) {
        await passes(Math.min(left, STEP));
        await together();
      }
    },
  };
}

/** Two people in a call, connected. */
async function pair(t, options = {}) {
  const all = world(t);
  const alice = all.person('alice', options.alice);
  const bob = all.person('bob', options.bob);
  await alice.enters(true);
  await bob.enters();
  return { ...all, alice, bob };
}

const types = (server) => server.asked.map(({ type }) => type);
const outcome = (one) => [one.call.phase, one.call.over].join(' ');

// What is refused

test('a full call is refused with its reason, and nothing stays on', async (t) => {
  const { server, person } = world(t);
  for (const user of ['b', 'c', 'd', 'e']) server.joins(user, `x-${user}`);
  const alice = person('alice');
  await alice.enters();
  assert.equal(outcome(alice), 'over full');
  assert.deepEqual([alice.held, alice.devices.tracks.map(({ readyState }) => readyState)], [[], ['ended']]);
});

test('a full call goes on in the conference of the room, if there is one', async (t) => {
  const { server, person } = world(t);
  for (const user of ['b', 'c', 'd', 'e']) server.joins(user, `x-${user}`);
  const alice = person('alice');
  await alice.enters();
  await settled();
  assert.equal(alice.call.conference, '');

  server.conference = (room) => ({ url: `https://meet.example/${room}?jwt=token`, expires: '2030-01-01T12:10:00Z' });
  await alice.enters();
  await settled();
  assert.deepEqual([outcome(alice), alice.call.conference], ['over full', `https://meet.example/${ROOM}?jwt=token`]);
});

test('joining a call that has ended does not start another one', async (t) => {
  const { server, person } = world(t);
  const alice = person('alice');
  await alice.enters(false);
  assert.deepEqual([outcome(alice), types(server)], ['over ended', ['call.join']]);
});

test('refusals of the server have their own reasons', async (t) => {
  const { server, person } = world(t);
  const alice = person('alice');
  for (const [code, over] of Object.entries({ forbidden: 'removed', not_found: 'removed', unsupported: 'unsupported', internal: 'unavailable' })) {
    server.failures['call.start'] = [new Problem({ code })];
    await alice.enters(true);
    assert.equal(outcome(alice), `over ${over}`, code);
  }
});

test('a server that is not available is asked again, a number of times', async (t) => {
  const { server, person, passes } = world(t);
  const alice = person('alice');
  const busy = () => new Problem({ code: 'unavailable', temporary: true, retryAfter: 1_000 });
  server.failures['call.start'] = [busy(), busy()];
  const entering = alice.enters(true);
  await passes(3_000);
  await entering;
  assert.equal(alice.call.phase, 'in');
  const bob = person('bob');
  server.failures['call.join'] = Array.from({ length: 20 }, busy);
  const refused = bob.enters();
  await passes(10_000);
  await refused;
  assert.deepEqual([outcome(bob), server.failures['call.join'].length], ['over unavailable', 13]);
});

test('who starts at the same moment joins the call of the other', async (t) => {
  const { person } = world(t);
  const [alice, bob] = [person('alice'), person('bob')];
  await Promise.all([alice.enters(true), bob.enters(true)]);
  assert.deepEqual([alice.peers, bob.peers], [['bob connected'], ['alice connected']]);
});

// Negotiation

test('two people connect with one offer, and either may be the polite one', async (t) => {
  for (const ids of [['a', 'b'], ['b', 'a']]) {
    await t.test(ids.join(), async (t) => {
      const { alice, bob, net } = await pair(t, { alice: { participant: ids[0] }, bob: { participant: ids[1] } });
      assert.deepEqual([alice.peers, bob.peers], [['bob connected'], ['alice connected']]);
      assert.deepEqual(net.open.map(({ offers }) => offers).sort(), [0, 1]);
      const sent = net.open.map((one) => one.getTransceivers().map(({ sender }) => sender.track?.kind ?? null));
      assert.deepEqual(sent, [['audio', null, null], ['audio', null, null]]);
    });
  }
});

test('offers of both at the same moment end in one connection, and either may be the polite one', async (t) => {
  for (const ids of [['a', 'b'], ['b', 'a']]) {
    await t.test(ids.join(), async (t) => {
      const { server, net, person, passes } = world(t);
      const [one, two] = [person('alice', { participant: ids[0] }), person('bob', { participant: ids[1] })];
      await one.enters(true);
      // What the one who joins sends is on its way for so long that the other makes an offer, too.
      const held = [];
      server.loses = (data, from) => from.id === 'bob' && held.push([from.page, data]);
      await two.enters();
      await passes(OFFER_WITHIN);
      server.loses = () => false;
      for (const [from, data] of held) await server.signals(from, 'alice', data);
      await passes(ANSWER_WITHIN);
      assert.deepEqual([one.peers, two.peers], [['bob connected'], ['alice connected']]);
      assert.deepEqual(net.open.map((made) => made.getTransceivers().length), [3, 3]);
      const answers = server.asked.filter(({ data }) => data?.description?.type === 'answer');
      assert.deepEqual([...new Set(answers.map(({ user }) => user))], [ids[0] < ids[1] ? 'alice' : 'bob'], 'the first in the order of ids is polite');
    });
  }
});

test('four people are connected with each other', async (t) => {
  const { person, net } = world(t);
  const all = ['alice', 'bob', 'carol', 'guest'].map((user) => person(user));
  await all[0].enters(true);
  for (const one of all.slice(1)) await one.enters();
  for (const one of all) assert.deepEqual(one.peers.map((text) => text.split(' ')[1]), ['connected', 'connected', 'connected'], one.user);
  assert.equal(net.open.length, 12);
  all[3].call.leave();
  await together();
  assert.deepEqual([net.open.length, all[0].peers], [6, ['bob connected', 'carol connected']]);
});

test('a signal may come before the news of its sender, and is forgotten if there is no such news', async (t) => {
  const { server, alice, passes, net } = await pair(t);
  const event = (participant) => ({ type: 'signal', room: ROOM, call: server.call, by: { id: 'carol' }, participant, data: { candidate: null } });
  const before = net.open.length;
  for (let n = 0; n < 20; n++) alice.calls.received(event(`unknown-${n}`));
  await together();
  assert.equal(net.open.length, before + 8);
  await passes(EARLY_LASTS);
  assert.deepEqual([net.open.length, alice.peers], [before, ['bob connected']]);
  alice.calls.received({ ...event('other'), call: 'another call' });
  assert.equal(net.open.length, before);
});

test('signals that make no sense change nothing', async (t) => {
  const { server, alice, bob } = await pair(t);
  const { participant } = bob.call;
  for (const data of [null, 'offer', 7, {}, { description: 'x' }, { description: { type: 'answer', sdp: '{}' } }, { description: { type: 'offer', sdp: 'no' } }, { candidate: 7 }]) {
    alice.calls.received({ type: 'signal', room: ROOM, call: server.call, by: { id: 'bob' }, participant, data });
  }
  await together();
  assert.deepEqual([alice.peers, bob.peers], [['bob connected'], ['alice connected']]);
});

test('a flood of signals is bounded', async (t) => {
  const { server, alice, bob, net } = await pair(t);
  const before = net.open[0].received;
  for (let n = 0; n < 1_000; n++) alice.calls.received({ type: 'signal', room: ROOM, call: server.call, by: { id: 'bob' }, participant: bob.call.participant, data: { candidate: null } });
  for (let n = 0; n < 20; n++) await together();
  assert.equal(net.open[0].received - before, 128);
  assert.deepEqual(alice.peers, ['bob connected']);
});

test('the end of the candidates passes as null, and no empty one', async (t) => {
  const { server } = await pair(t);
  const candidates = server.asked.filter(({ type, data }) => type === 'signal' && 'candidate' in data).map(({ data }) => data.candidate);
  assert.equal(candidates.filter((one) => one === null).length, 2);
  assert.ok(!candidates.some((one) => one?.candidate === ''));
});

test('an offer or an answer that was lost is sent again', async (t) => {
  for (const lost of ['offer', 'answer']) {
    await t.test(lost, async (t) => {
      const { server, person, passes } = world(t);
      const [alice, bob] = [person('alice'), person('bob')];
      await alice.enters(true);
      let count = 0;
      server.loses = ({ description }) => description?.type === lost && ++count === 1;
      await bob.enters();
      assert.deepEqual(bob.peers, ['alice connecting']);
      await passes(ANSWER_WITHIN + OFFER_WITHIN);
      await passes(ANSWER_WITHIN);
      assert.deepEqual([alice.peers, bob.peers], [['bob connected'], ['alice connected']]);
    });
  }
});

test('a device that never answers is named after a bounded wait, and can be tried again', async (t) => {
  const { server, person, passes } = world(t);
  const alice = person('alice');
  await alice.enters(true);
  const heard = [];
  server.joins('bob', 'z', (event) => heard.push(event));
  await together();
  assert.deepEqual(alice.peers, ['bob connecting']);
  await passes(CONNECT_WITHIN);
  assert.deepEqual(alice.peers, ['bob failed silent']);
  const offers = () => heard.filter(({ type, data }) => type === 'signal' && data.description).length;
  assert.equal(offers(), 2);
  alice.call.retry('z');
  await together();
  assert.deepEqual([alice.peers, offers()], [['bob connecting'], 3]);
});

test('networks that let nothing through are named', async (t) => {
  const { person, net, passes } = world(t);
  net.blocked = true;
  const [alice, bob] = [person('alice'), person('bob')];
  await alice.enters(true);
  await bob.enters();
  await passes(CONNECT_WITHIN);
  assert.deepEqual([alice.peers, bob.peers], [['bob failed unreachable'], ['alice failed unreachable']]);
  net.blocked = false;
  bob.call.retry(alice.call.participant);
  await passes(3_000);
  assert.deepEqual([alice.peers, bob.peers], [['bob connected'], ['alice connected']]);
});

test('an interrupted connection is restarted a number of times, with growing pauses', async (t) => {
  const { alice, bob, net, passes } = await pair(t);
  const offers = () => net.open.reduce((sum, one) => sum + one.offers, 0);
  const before = offers();
  net.blocked = true;
  assert.deepEqual(alice.peers, ['bob reconnecting']);
  await passes(2_000);
  assert.equal(offers(), before);
  await passes(300_000);
  assert.deepEqual([alice.peers, bob.peers], [['bob failed unreachable'], ['alice failed unreachable']]);
  assert.ok(offers() - before <= 2 * MOST_RESTARTS, `${offers() - before} offers`);
});

test('a short interruption heals with one restart', async (t) => {
  const { alice, bob, net, passes } = await pair(t);
  net.blocked = true;
  await passes(6_000);
  net.blocked = false;
  await passes(10_000);
  assert.deepEqual([alice.peers, bob.peers], [['bob connected'], ['alice connected']]);
});

// The connection to the server

test('media go on while the connection to the server is lost, and it continues as the same participant', async (t) => {
  const { alice, bob, net, server } = await pair(t);
  const { participant } = bob.call;
  const before = [...net.open];
  bob.cut();
  await together();
  assert.deepEqual([bob.call.phase, bob.peers, alice.peers, alice.call.people[1].lost], ['returning', ['alice connected'], ['bob connected'], true]);
  await bob.returns();
  assert.deepEqual([bob.call.phase, bob.call.participant, alice.call.people[1].lost], ['in', participant, undefined]);
  assert.deepEqual([net.open, server.asked.at(-1).participant], [before, participant]);
});

test('a device that comes back after its connections have failed is connected to again', async (t) => {
  const { alice, bob, net, passes } = await pair(t);
  net.blocked = true;
  bob.cut();
  await passes(300_000);
  assert.deepEqual(alice.peers, ['bob failed unreachable']);
  net.blocked = false;
  await bob.returns();
  await passes(10_000);
  assert.deepEqual([alice.peers, bob.peers], [['bob connected'], ['alice connected']]);
});

test('a participant that the server has removed meanwhile is replaced, and connects again', async (t) => {
  const { alice, bob, server, net } = await pair(t);
  const { participant } = bob.call;
  bob.cut();
  server.people = server.people.filter((one) => one.participant !== participant);
  await bob.returns();
  assert.notEqual(bob.call.participant, participant);
  assert.deepEqual([alice.peers, bob.peers, net.open.length], [['bob connected'], ['alice connected'], 2]);
});

test('a page that was loaded again becomes another participant, and the others stay connected', async (t) => {
  const { alice, bob, person, net, server } = await pair(t);
  const carol = person('carol');
  await carol.enters();
  bob.cut();
  bob.calls.stop();
  server.pages.delete(bob);
  const between = net.open.filter((one) => one.connectionState === 'connected');
  const again = person('bob');
  await again.enters();
  assert.deepEqual([again.peers, alice.peers], [['alice connected', 'carol connected'], ['carol connected', 'bob connected']]);
  assert.ok(between.filter((one) => !one.closed).length >= 2);
  assert.equal(net.open.length, 6);
});

test('a call that ended while the connection was lost is over', async (t) => {
  const { alice, bob, server } = await pair(t);
  bob.cut();
  server.pages.delete(bob);
  server.ends();
  server.pages.add(bob);
  await bob.returns();
  await together();
  assert.deepEqual([outcome(alice), outcome(bob)], ['over ended', 'over ended']);
});

test('restarts wait for the connection to the server', async (t) => {
  const { alice, bob, net, passes } = await pair(t);
  const offers = () => net.open.map((one) => one.offers);
  bob.cut();
  alice.cut();
  const before = offers();
  net.blocked = true;
  await passes(60_000);
  assert.deepEqual(offers(), before);
  net.blocked = false;
  await bob.returns();
  await alice.returns();
  await passes(5_000);
  assert.deepEqual([alice.peers, bob.peers], [['bob connected'], ['alice connected']]);
});

test('who loses the right, continues elsewhere, or was not heard of learns why', async (t) => {
  const { alice, bob, server, passes } = await pair(t);
  server.removes(bob, 'gone', true);
  await together();
  assert.deepEqual([bob.call.phase, alice.peers], ['in', ['bob connected']]);
  server.removes(bob, 'forbidden');
  await together();
  assert.deepEqual([outcome(bob), bob.devices.tracks.map(({ readyState }) => readyState)], ['over removed', ['ended']]);
  await bob.enters();
  server.removes(bob, 'conflict');
  await together();
  assert.equal(outcome(bob), 'over moved');
  await bob.enters();
  server.removes(bob, 'gone');
  await together();
  assert.equal(outcome(bob), 'over ended');
  // Another tab of the same connection.
  server.people = [];
  alice.calls.received({ type: 'call.people', room: ROOM, call: server.call, people: [] });
  await passes(3_000);
  assert.equal(outcome(alice), 'over moved');
});

// Signals

test('signals wait in a bounded queue, and each has a bounded size', async () => {
  const failed = [];
  const sent = [];
  const outgoing = new Outgoing({ send: async (data) => void sent.push(data), failed: (code) => failed.push(code), open: false });
  for (let n = 0; n <= MOST_WAITING; n++) outgoing.put({ n });
  assert.deepEqual(failed, ['full']);
  const frame = JSON.stringify({ candidate: '' }).length;
  outgoing.put({ candidate: 'x'.repeat(MOST_BYTES - frame) });
  outgoing.put({ candidate: 'x'.repeat(MOST_BYTES - frame + 1) });
  outgoing.put({ candidate: 'é'.repeat((MOST_BYTES - frame) / 2 + 1) });
  assert.deepEqual(failed, ['full', 'too_large', 'too_large']);
  outgoing.open(true);
  await settled();
  assert.equal(sent.length, 1);
});

test('a signal whose reply was lost is sent again, and one that is refused is not', async (t) => {
  const { passes } = page(t);
  const problems = [new Problem({ code: 'unavailable', temporary: true, lost: true }), null, new Problem({ code: 'rate_limited', temporary: true, retryAfter: 2_000 }), null, new Problem({ code: 'conflict' })];
  const [sent, failed] = [[], []];
  const send = async ({ n }) => {
    const problem = problems.shift();
    if (problem) throw problem;
    sent.push(n);
  };
  const outgoing = new Outgoing({ send, failed: (code) => failed.push(code) });
  outgoing.put({ n: 1 });
  await settled();
  assert.deepEqual(sent, []);
  outgoing.open(true);
  await settled();
  outgoing.put({ n: 2 });
  await settled();
  await passes(1_000);
  assert.deepEqual(sent, [1]);
  await passes(1_000);
  assert.deepEqual(sent, [1, 2]);
  outgoing.put({ n: 3 });
  await settled();
  assert.deepEqual([sent, failed], [[1, 2], ['conflict']]);
});

test('a description that no signal can hold is a failure with a name', async (t) => {
  const { person, net } = world(t);
  const [alice, bob] = [person('alice'), person('bob')];
  await alice.enters(true);
  net.filler = 'x'.repeat(MOST_BYTES);
  await bob.enters();
  assert.deepEqual(bob.peers, ['alice failed signals']);
});

test('a description has its candidates as far as there is space', () => {
  const candidate = 'a=candidate:1 1 udp 41885439 192.0.2.1 49152 typ relay\r\n';
  const sdp = (count, rest = '') => `v=0\r\n${candidate.repeat(count)}a=mid:0\r\n${rest}`;
  assert.equal(signalOf({ type: 'offer', sdp: sdp(20) }).description.sdp, sdp(20));
  assert.equal(signalOf({ type: 'offer', sdp: sdp(400, 'a=end\r\n') }).description.sdp, sdp(0, 'a=end\r\n'));
});

test('no description or candidate is written anywhere', async (t) => {
  const written = [];
  for (const name of ['log', 'info', 'warn', 'error', 'debug']) t.mock.method(console, name, (...parts) => written.push(parts));
  const { alice, bob, net, passes } = await pair(t);
  net.blocked = true;
  await passes(120_000);
  assert.ok(net.descriptions.length > 2);
  const kept = JSON.stringify([...alice.kept, ...bob.kept, alice.call.people.map(({ peer, ...person }) => [person, peer?.phase]), written]);
  for (const description of net.descriptions) assert.ok(!kept.includes(JSON.parse(description).path));
});

// Devices

test('without a microphone the person hears the others, and the page says why nobody hears them', async (t) => {
  for (const [name, failed] of Object.entries({ NotAllowedError: 'denied', SecurityError: 'denied', NotFoundError: 'missing', NotReadableError: 'busy' })) {
    await t.test(name, async (t) => {
      const devices = Object.assign(new Devices(), { refuses: { audio: name } });
      const { alice, bob } = await pair(t, { bob: { devices } });
      assert.deepEqual([bob.call.media.places.microphone.failed, bob.call.phase, bob.peers], [failed, 'in', ['alice connected']]);
      assert.equal(alice.call.people[1].peer?.shown?.muted, true);
      devices.refuses = {};
      await bob.call.media.mute(false);
      await together();
      assert.deepEqual([bob.call.media.places.microphone.failed, alice.call.people[1].peer?.shown?.muted], ['', false]);
    });
  }
});

test('a page without access to devices says so', async (t) => {
  const { person } = world(t);
  const alice = person('alice', { devices: null });
  await alice.enters(true);
  assert.deepEqual([alice.call.phase, alice.call.media.places.microphone.failed, alice.call.canShare], ['in', 'unsupported', false]);
});

test('muting, camera, screen and hand reach the others without another offer', async (t) => {
  const { alice, bob, net } = await pair(t);
  const seen = () => alice.call.people[1].peer?.shown;
  assert.deepEqual(seen(), { muted: false, camera: false, screen: false, hand: false });
  await bob.call.media.turn('camera', true);
  await bob.call.media.turn('screen', true);
  bob.call.media.mute(true);
  bob.call.raise(true);
  await together();
  assert.deepEqual(seen(), { muted: true, camera: true, screen: true, hand: true });
  const sent = net.open[1].getTransceivers().map(({ sender }) => sender.track);
  assert.deepEqual(sent, bob.devices.tracks);
  assert.deepEqual([sent[0].enabled, net.open.map(({ offers }) => offers).sort()], [false, [0, 1]]);
  await bob.call.media.turn('camera', false);
  await together();
  assert.deepEqual([seen()?.camera, sent[1].readyState, net.open[1].getTransceivers()[1].sender.track], [false, 'ended', null]);
});

test('who joins later learns what the others show', async (t) => {
  const { bob, person } = await pair(t);
  bob.call.raise(true);
  const carol = person('carol');
  await carol.enters();
  assert.equal(carol.call.people.find(({ id }) => id === 'bob')?.peer?.shown?.hand, true);
});

test('what another client says of itself is only what it may say', async (t) => {
  const { alice, net } = await pair(t);
  const shown = () => alice.call.people[1].peer?.shown;
  const say = (data) => net.open[0].channel.dispatchEvent(Object.assign(new Event('message'), { data }));
  for (const text of ['{"hand":"<b>","muted":1,"camera":true,"more":9}', 'no json', 'null', `{"hand":true,"x":"${'x'.repeat(1_000)}"}`]) {
    say(text);
    await together();
  }
  assert.deepEqual(shown(), { muted: false, camera: true, screen: false, hand: false });
});

test('a microphone that is unplugged is replaced by another one, or named', async (t) => {
  const { bob, net } = await pair(t);
  const { devices } = bob;
  const sent = () => net.open[1].getTransceivers()[0].sender.track;
  await bob.call.media.choose('microphone', 'mic-2');
  assert.equal(sent().device, 'mic-2');
  devices.list = devices.list.filter(({ deviceId }) => deviceId !== 'mic-2');
  sent().unplug();
  await together();
  assert.deepEqual([sent().device, bob.call.media.places.microphone.failed], ['mic-1', '']);
  devices.list = [];
  sent().unplug();
  await together();
  assert.deepEqual([sent(), bob.call.media.places.microphone.failed, bob.call.phase], [null, 'unplugged', 'in']);
});

test('the chosen devices are kept for later calls', async (t) => {
  const { bob } = await pair(t);
  await bob.call.media.choose('microphone', 'mic-2');
  bob.call.leave();
  await together();
  await bob.enters();
  assert.equal(bob.devices.tracks.at(-1).device, 'mic-2');
  assert.deepEqual(bob.call.media.choices('microphone').map(({ name, chosen }) => [name, chosen]), [['Desk', false], ['Headset', true]]);
});

test('a screen that the person stops sharing in the browser is off', async (t) => {
  const { alice, bob } = await pair(t);
  await bob.call.media.turn('screen', true);
  bob.devices.tracks.at(-1).unplug();
  await together();
  assert.deepEqual([bob.call.media.places.screen.track, alice.call.people[1].peer?.shown?.screen], [null, false]);
});

test('leaving turns everything off, also what the browser grants later', async (t) => {
  const { alice, bob, net, server } = await pair(t);
  await bob.call.media.turn('camera', true);
  await bob.call.media.turn('screen', true);
  let grant = () => {};
  bob.devices.waiting = new Promise((resolve) => (grant = /** @type {any} */ (resolve)));
  const late = bob.call.media.choose('camera', 'cam-1');
  bob.call.leave();
  await together();
  grant();
  await late;
  await together();
  assert.deepEqual([bob.devices.tracks.length, bob.devices.tracks.map(({ readyState }) => readyState).join()], [4, 'ended,ended,ended,ended']);
  assert.deepEqual([net.open.length, bob.held, server.people.length, alice.peers], [0, [], 1, []]);
  bob.calls.dismiss();
  assert.equal(bob.calls.current, null);
});

test('the end of the session turns everything off without leaving: the page may come back', async (t) => {
  const { bob, server, net } = await pair(t);
  bob.calls.stop();
  await together();
  assert.deepEqual([bob.devices.tracks[0].readyState, net.open.length, bob.held, types(server).includes('call.leave')], ['ended', 1, [], false]);
});

test('a sign-out turns everything off and leaves nothing to read', async (t) => {
  const { bob, net } = await pair(t);
  bob.calls.drop();
  await together();
  assert.deepEqual([bob.calls.current, bob.devices.tracks[0].readyState, net.open.length, bob.held], [null, 'ended', 1, []]);
});

test('joining another call leaves the one before', async (t) => {
  const { bob, server } = await pair(t);
  const before = bob.call;
  await bob.calls.enter('another', true);
  await together();
  assert.deepEqual([before.over, bob.call.room, bob.held, types(server).filter((type) => type === 'call.leave').length], ['left', 'another', ['another'], 1]);
});

// The relay

test('a call uses the relay, and other credentials before they expire', async (t) => {
  const { server, person, net, passes } = world(t);
  let asked = 0;
  server.turn = async () => ({ urls: ['turn:a'], username: `u${++asked}`, credential: 'c', expires: new Date(NOW + 400_000 * asked).toISOString() });
  const [alice, bob] = [person('alice'), person('bob')];
  await alice.enters(true);
  await bob.enters();
  const names = () => net.open.map(({ configuration }) => configuration.iceServers[0].username).sort();
  assert.deepEqual([names(), alice.call.relayed], [['u1', 'u2'], true]);
  await passes(310_000);
  assert.deepEqual([asked, names().length, names()[0] > 'u2'], [3, 2, false]);
  await passes(300_000);
  assert.ok(asked >= 4 && names()[0] >= 'u3', `${names()}`);
});

test('without a TURN server calls work directly, and the page knows', async (t) => {
  const { alice, net } = await pair(t);
  assert.deepEqual([alice.call.relayed, net.open[0].configuration.iceServers], [false, []]);
});

test('credentials that the server does not give now are asked for again', async (t) => {
  const { server, person, passes } = world(t);
  let asked = 0;
  server.turn = () => (++asked === 1 ? Promise.reject(new Problem({ code: 'unavailable', temporary: true })) : Promise.resolve({ urls: ['turn:a'], username: 'u', credential: 'c', expires: new Date(NOW + 3_600_000).toISOString() }));
  const alice = person('alice');
  await alice.enters(true);
  assert.deepEqual([alice.call.phase, alice.call.relayed], ['in', null]);
  await passes(11_000);
  assert.deepEqual([asked, alice.call.relayed], [2, true]);
});
