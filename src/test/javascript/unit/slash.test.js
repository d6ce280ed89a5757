/** Slash commands: what the page offers and carries out, and the private answers that it keeps. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { wordAt } from '../../../main/webapp/chat/composer/trigger.js';
import { changed } from '../../../main/webapp/chat/message/fold.js';
import { MOST_ANSWERS, SlashAccess } from '../../../main/webapp/chat/slash/access.js';
import { builtIn, carryOut, parsed } from '../../../main/webapp/chat/slash/commands.js';
import { golden } from './kit.js';

const [answered] = golden['slash.answer'].events;

/** A session with one room, whose server answers what `replies` says. */
function session({ role = 'owner', kind = 'public', commands = [], refused = null } = {}) {
  const asked = [];
  const request = async (type, fields) => {
    asked.push([type, fields]);
    if (type === 'slash.list') return { commands };
    if (refused) throw refused;
    return { call: 'call' };
  };
  const did = [];
  return {
    asked,
    did,
    state: { open: 'general', rooms: new Map([['general', { id: 'general', role, kind }]]) },
    slash: new SlashAccess({ request, changed: () => {}, now: () => 0 }),
    changeRoom: async (...given) => did.push(['changeRoom', ...given]),
    moderation: () => ({ giveRole: async (...given) => did.push(['giveRole', ...given]), mute: async (...given) => did.push(['mute', ...given]) }),
  };
}

const bob = { id: 'bob', name: 'Bob' };
const deploy = golden['slash.list'].replies[0].ok.commands[0];

function does(one, text) {
  const posted = [];
  return carryOut(one, text, { post: (said) => posted.push(said), people: [bob] }).then((result) => ({ ...result, posted }));
}

describe('slash commands', () => {
  test('what only looks like a command is a message', async () => {
    for (const text of ['/', '/ deploy', '/Deploy', '/etc/passwd', '//deploy', ' /deploy']) assert.equal(parsed(text), null, text);
    const one = session({ commands: [deploy] });
    assert.deepEqual(await does(one, '/unknown 1'), { done: false, posted: [] });
    assert.deepEqual(one.asked.map(([type]) => type), ['slash.list']);
  });

  test("a bot's command goes to the bot with what follows its name", async () => {
    const one = session({ commands: [deploy] });
    const { done, said } = await does(one, '/deploy  1.4\nnow');
    assert.equal(done, true);
    assert.match(said, /Deploy/);
    assert.deepEqual(one.asked.at(-1), ['slash.run', { room: 'general', command: 'deploy', text: '1.4\nnow' }]);
  });

  test('a refusal is passed on', async () => {
    const refused = { code: 'unavailable' };
    await assert.rejects(does(session({ commands: [deploy], refused }), '/deploy 1.4'), (problem) => problem === refused);
  });

  test('the list of a room is asked for once in a while', async () => {
    const one = session({ commands: [deploy] });
    await Promise.all([one.slash.offered('general'), one.slash.offered('general')]);
    assert.equal(one.asked.length, 1);
  });

  test('people are offered only what they may do', () => {
    const names = (room) => builtIn(room).map(({ name }) => name);
    assert.deepEqual(names({ role: 'member', kind: 'public' }), ['me']);
    assert.deepEqual(names({ role: 'moderator', kind: 'public' }), ['me', 'invite', 'mute']);
    assert.deepEqual(names({ role: 'owner', kind: 'public' }), ['me', 'topic', 'invite', 'mute']);
    assert.deepEqual(names({ role: 'member', kind: 'direct' }), ['me']);
    assert.deepEqual(names(undefined), ['me']);
  });

  test('the page carries its own commands out', async () => {
    const one = session();
    assert.deepEqual((await does(one, '/me waves')).posted, ['_waves_']);
    await does(one, '/topic What we do');
    await does(one, '/invite @Bob');
    await does(one, '/invite carol');
    await does(one, '/mute @bob 30m');
    await does(one, '/mute bob');
    assert.deepEqual(one.did, [
      ['changeRoom', 'general', { topic: 'What we do' }],
      ['giveRole', 'bob', 'member'],
      ['giveRole', 'carol', 'member'],
      ['mute', 'bob', 1_800],
      ['mute', 'bob', 3_600],
    ]);
    assert.deepEqual(one.asked, []);
  });

  test('what is missing is said, and the text can be completed', async () => {
    const one = session();
    for (const text of ['/me', '/invite', '/mute  ']) assert.equal((await does(one, text.trim())).again, true, text);
    assert.deepEqual(one.did, []);
  });

  test('a slash completes only at the beginning of the text', () => {
    assert.deepEqual(wordAt('/dep', 4), { kind: '/', query: 'dep', from: 0 });
    assert.deepEqual(wordAt('/', 1), { kind: '/', query: '', from: 0 });
    for (const text of [' /dep', 'a /dep', '/dep 1', `${'a'.repeat(80)}\n/dep`, '/Dep']) assert.notEqual(wordAt(text, text.length)?.kind, '/', text);
    assert.equal(wordAt(`${'x'.repeat(70)}/dep`, 74), null);
  });
});

describe('private answers', () => {
  test('the last answer to a call counts, until it is dismissed', () => {
    let changes = 0;
    const access = new SlashAccess({ request: async () => ({}), changed: () => changes++ });
    access.received(answered);
    access.received({ ...answered, text: 'Done.' });
    assert.deepEqual(access.answers('general').map(({ text }) => text), ['Done.']);
    assert.deepEqual(access.answers('elsewhere'), []);
    access.dismiss(answered.call);
    assert.equal(access.any, false);
    assert.equal(changes, 3);
  });

  test('only the latest are kept', () => {
    const access = new SlashAccess({ request: async () => ({}), changed: () => {} });
    for (let n = 0; n <= MOST_ANSWERS; n++) access.received({ ...answered, call: `call-${n}` });
    assert.equal(access.answers('general').length, MOST_ANSWERS);
    assert.equal(access.answers('general')[0].call, 'call-1');
  });

  test('an edit and a deletion remove the form of a message', () => {
    const message = { offset: 48, by: { id: 'service:deploy', name: 'Deploy' }, at: '', text: 'Deploy?', key: 'k', form: { buttons: [] } };
    const edited = changed(message, { type: 'message.edited', message: 48, offset: 49, at: '', by: message.by, room: 'general', text: 'Done' }, 'alice');
    assert.equal('form' in edited, false);
    assert.equal('form' in changed(message, { type: 'message.deleted', message: 48, offset: 49, at: '', by: message.by, room: 'general' }, 'alice'), false);
  });
});
