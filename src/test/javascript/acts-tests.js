/** People act on messages: by mouse, keyboard and touch, with what the server refuses. */
import { MessageServer, conversation, holds, lifts, presses, types } from './acts-kit.js';
import { alice, bob, equals, settled, until } from './kit.js';

const carol = { id: 'carol', name: 'Carol' };

/** Alice in a room with two messages of Bob and one of hers. */
async function room(client, options) {
  const server = new MessageServer(client);
  server.people.carol = carol;
  const mine = server.writes('mine', { by: alice });
  options?.before?.(server);
  const page = await conversation(server, options);
  await until(() => page.row(mine));
  return { server, page, mine };
}

const asked = (server, type) => server.asked(type).map(({ id: _, type: __, ...fields }) => fields);

export const tests = {
  async 'shows a toolbar on hover and on focus, with what the person may do'(client) {
    const { page, mine } = await room(client);
    const tools = () => page.all('.toolbar [data-act]').map(({ dataset }) => dataset.act);
    page.hovers(1);
    equals(tools(), ['usual', 'react', 'reply', 'more']);
    page.hovers(mine);
    equals([tools(), page.all('.toolbar').length], [['usual', 'react', 'reply', 'edit', 'more'], 1]);
    page.find('.main .log').focus();
    presses(page.find('.main .log'), 'ArrowUp');
    equals(page.root.activeElement, page.row(mine));
    presses(page.root.activeElement, 'ArrowUp');
    presses(page.root.activeElement, 'ArrowUp');
    equals([page.root.activeElement, page.row(1).contains(page.find('.toolbar'))], [page.row(1), true]);
    presses(page.root.activeElement, 'End');
    equals(page.root.activeElement, page.row(mine));
  },

  async 'hides what the deployment has switched off'(client) {
    const { page, mine } = await room(client, { before: (server) => (server.features = ['pins']) });
    page.hovers(mine);
    equals(page.all('.toolbar [data-act]').map(({ dataset }) => dataset.act), ['more']);
    await page.opensMenu(mine);
    equals(page.all('.menu-box .item span').map(({ textContent }) => textContent), [client.strings.acts.quote, client.strings.acts.copy, client.strings.acts.link, client.strings.acts.pin]);
    equals(page.find('.pins-button').hidden, false);
  },

  async 'shows previews of links, and removes one'(client) {
    const previews = [{ url: 'https://a.example/x', title: 'The plan', text: 'What we do next.', picture: 'p1' }, { url: 'javascript:alert(1)', title: 'Harmless' }, { url: 'https://b.example/', text: 'Only words' }];
    const pictures = [];
    const { server, page, mine } = await room(client, { before: (one) => {
      one.features = ['previews'];
      one.fetched = ({ pathname }) => (pathname.includes('/previews/') ? (pictures.push(pathname), new Response(null, { status: 404 })) : undefined);
    } });
    server.changes('message.previewed', 1, { previews });
    server.changes('message.previewed', mine, { previews, by: alice });
    await until(() => page.row(mine).querySelectorAll('.preview a').length === 2);
    const [plan, words] = page.row(mine).querySelectorAll('.preview a');
    equals([plan.href, plan.rel, plan.target, plan.querySelector('.preview-site').textContent, plan.querySelector('.preview-title').textContent], ['https://a.example/x', 'noopener noreferrer nofollow', '_blank', 'a.example', 'The plan']);
    equals([words.querySelector('.preview-title'), words.querySelector('.preview-text').textContent], [null, 'Only words']);
    await until(() => pictures.length && !page.row(mine).querySelector('.preview img'));
    equals([page.row(1).querySelectorAll('.preview button').length, page.row(mine).querySelectorAll('.preview button').length], [0, 2]);
    page.row(mine).querySelector('.preview button').click();
    await until(() => page.row(mine).querySelectorAll('.preview a').length === 1);
    equals([asked(server, 'message.unpreview'), page.root.activeElement], [[{ room: 'general', message: mine, url: 'https://a.example/x' }], page.row(mine)]);
    server.changes('message.previewed', 1, {});
    await until(() => !page.row(1).querySelector('.previews'));
  },

  async 'reacts with the last used emoji, and takes it back'(client) {
    const { server, page } = await room(client);
    page.hovers(1);
    page.tool('usual').click();
    await until(() => page.row(1).querySelector('.chip[aria-pressed=true]'));
    equals(asked(server, 'reaction.add'), [{ room: 'general', message: 1, emoji: '👍' }]);
    const chip = page.row(1).querySelector('.chip');
    equals([chip.textContent, chip.title], ['👍1', client.strings.acts.reacted('👍', ['Alice'], 0)]);
    server.changes('reaction.added', 1, { emoji: '👍' });
    await until(() => chip.textContent === '👍2');
    equals(chip.title, client.strings.acts.reacted('👍', ['Alice', 'Bob'], 0));
    chip.focus();
    chip.click();
    await until(() => chip.ariaPressed === 'false');
    equals([page.root.activeElement === chip, asked(server, 'reaction.remove')], [true, [{ room: 'general', message: 1, emoji: '👍' }]]);
  },

  async 'opens the emoji picker by keyboard, and says why a reaction is refused'(client) {
    const { server, page } = await room(client);
    server.refuses = { 'reaction.add': [{ code: 'conflict', message: 'full' }] };
    page.row(1).focus();
    presses(page.row(1), 'r');
    await until(() => page.find('.picker:popover-open .grid button'));
    page.find('.picker .grid button').click();
    await until(() => page.said());
    equals([page.said(), server.asked('reaction.add').length, page.row(1).querySelector('.chip')], [client.strings.acts.reactionsFull.conflict, 1, null]);
    equals(page.root.activeElement, page.row(1));
  },

  async 'opens all actions and six emoji as a sheet on a long press'(client) {
    const { server, page } = await room(client);
    const target = page.row(1).querySelector('.text');
    holds(target);
    await until(() => page.find('.menu-box[data-sheet]:popover-open'));
    lifts(target);
    await settled();
    equals([page.find('.menu-box').matches(':popover-open'), page.all('.emoji-row .tool').length], [true, 7]);
    page.item(client.strings.acts.reactWith('🎉')).click();
    await until(() => page.row(1).querySelector('.chip')?.textContent === '🎉1');
    holds(target);
    target.dispatchEvent(new PointerEvent('pointermove', { bubbles: true, pointerType: 'touch', clientX: 10, clientY: 60 }));
    lifts(target);
    equals([page.find('.menu-box').matches(':popover-open'), server.asked('reaction.add').length], [false, 1]);
  },

  async 'opens no menu when a finger rests on a field of a form'(client) {
    const { server, page } = await room(client);
    const fields = ['line', 'text', 'choice'].map((kind) => ({ name: kind, label: kind, kind, options: ['one'] }));
    const asked = server.writes('Which one?', { by: { id: 'service:b', name: 'Bot' }, form: { fields, buttons: [{ action: 'go', label: 'Go' }] } });
    await until(() => page.row(asked)?.querySelector('.bot-form select'));
    for (const field of page.row(asked).querySelectorAll('input, textarea, select')) {
      holds(field);
      await new Promise((resolve) => setTimeout(resolve, 600));
      equals([field.localName, page.find('.menu-box').matches(':popover-open')], [field.localName, false]);
      lifts(field);
    }
  },

  async 'edits the last own message with ArrowUp, saves with Enter, and leaves with Escape'(client) {
    const { server, page, mine } = await room(client);
    const editor = () => page.row(mine).querySelector('.editor textarea');
    types(page.box(), 'x');
    equals([presses(page.box(), 'ArrowUp'), editor()], [true, null]);
    types(page.box(), '');
    equals([presses(page.box(), 'ArrowUp'), editor().value, page.root.activeElement === editor()], [false, 'mine', true]);
    types(editor(), 'thrown away');
    presses(editor(), 'Escape');
    equals([editor(), page.text(mine), page.root.activeElement === page.box()], [null, 'mine', true]);
    presses(page.box(), 'ArrowUp');
    types(editor(), 'better ');
    presses(editor(), 'Enter');
    await until(() => page.text(mine)?.startsWith('better'));
    equals([editor(), asked(server, 'message.edit'), page.row(mine).querySelector('.edited') !== null], [null, [{ room: 'general', message: mine, text: 'better', mentions: [] }], true]);
  },

  async 'keeps an edit that was not finished: in another room, for another message, over a reload'(client) {
    const { server, page, mine } = await room(client);
    server.rooms.push({ id: 'other', name: 'Other', kind: 'public', role: 'member' });
    const second = server.writes('second', { by: alice });
    await until(() => page.row(second));
    const editor = () => page.find('.editor textarea');
    const edits = (of, on = page) => {
      on.row(of).focus();
      presses(on.row(of), 'e');
      return on.row(of).querySelector('.editor textarea');
    };
    types(edits(mine), 'half a sen');
    page.element.setAttribute('room', 'other');
    await until(() => page.find('.header h2').textContent === 'Other');
    equals(editor(), null);
    page.element.setAttribute('room', 'general');
    await until(() => editor());
    equals([editor().value, page.row(mine).contains(editor())], ['half a sen', true]);

    types(edits(second), 'second, too');
    equals(edits(mine).value, 'half a sen');
    presses(editor(), 'Escape');
    equals([edits(mine).value, edits(second).value], ['mine', 'second, too']);

    page.element.remove();
    const after = await conversation(server);
    await until(() => after.row(second));
    equals([edits(mine, after).value, edits(second, after).value], ['mine', 'second, too']);
    presses(after.find('.editor textarea'), 'Enter');
    await until(() => after.text(second)?.startsWith('second, too'));
    equals([edits(second, after).value, server.asked('message.edit').length], ['second, too', 1]);
    // It was written for a text that the message no longer has.
    types(after.find('.editor textarea'), 'third');
    server.changes('message.edited', second, { text: 'from my phone', by: alice });
    edits(mine, after);
    await until(() => after.text(second)?.startsWith('from my phone'));
    equals(edits(second, after).value, 'from my phone');
  },

  async 'mentions the people whom an edited text names'(client) {
    const { server, page } = await room(client);
    const mentioning = server.writes('@Bob and @Carol, look', { by: alice, mentions: ['bob', 'carol'] });
    server.writes('hello', { by: carol });
    await until(() => page.row(mentioning + 1));
    page.row(mentioning).focus();
    presses(page.row(mentioning), 'e');
    types(page.row(mentioning).querySelector('textarea'), '@carol, look');
    presses(page.row(mentioning).querySelector('textarea'), 'Enter');
    await until(() => server.asked('message.edit').length === 1);
    equals(asked(server, 'message.edit')[0].mentions, ['carol']);
  },

  async 'mentions whom the edited text names, and nobody else'(client) {
    const { server, page } = await room(client, { before: (one) => one.writes('@Bob and @Carol', { by: alice, mentions: ['bob', 'carol'] }) });
    const edits = async (text) => {
      presses(page.box(), 'ArrowUp');
      const editor = page.find('.editor textarea');
      types(editor, text);
      presses(editor, 'Enter');
      await until(() => !page.find('.editor textarea'));
      return asked(server, 'message.edit').at(-1).mentions;
    };
    equals([await edits('@Bob alone'), await edits('nobody'), await edits('still nobody')], [['bob'], [], []]);
  },

  async 'keeps a refused edit and says why'(client) {
    const { server, page, mine } = await room(client);
    server.refuses = { 'message.edit': [{ code: 'gone', message: 'x' }, { code: 'forbidden', message: 'x' }] };
    page.hovers(mine);
    page.tool('edit').click();
    const editor = page.row(mine).querySelector('.editor textarea');
    const problem = () => page.row(mine).querySelector('.editor [role=alert]').textContent;
    types(editor, '  ');
    presses(editor, 'Enter');
    equals(problem(), client.strings.acts.blank);
    types(editor, 'x'.repeat(4_001));
    presses(editor, 'Enter');
    equals(problem(), client.strings.acts.tooLong(1));
    types(editor, 'kept');
    presses(editor, 'Enter');
    await until(() => problem() === client.strings.acts.problems.gone);
    presses(editor, 'Enter');
    await until(() => problem() === client.strings.acts.tooLate.forbidden);
    equals([editor.value, editor.ariaInvalid, server.asked('message.edit').length], ['kept', 'true', 2]);
    server.writes('meanwhile');
    await until(() => page.text(mine + 1));
    equals([editor.isConnected, editor.value, page.root.activeElement === editor], [true, 'kept', true]);
  },

  async 'deletes when the time to undo is over, or the page is hidden'(client) {
    const { server, page, mine } = await room(client);
    page.row(mine).focus();
    presses(page.row(mine), 'Delete');
    await until(() => page.row(mine).querySelector('.undo'));
    equals(page.root.activeElement, page.row(mine).querySelector('.undo .link'));
    page.root.activeElement.click();
    await until(() => page.text(mine) === 'mine');
    equals([server.asked('message.delete').length, page.root.activeElement], [0, page.row(mine)]);
    await page.opensMenu(mine);
    page.item(client.strings.acts.delete).click();
    await until(() => page.row(mine).querySelector('.undo'));
    dispatchEvent(new Event('pagehide'));
    await until(() => page.text(mine) === client.strings.deleted);
    equals(asked(server, 'message.delete'), [{ room: 'general', message: mine }]);
  },

  async 'deletes after five seconds, and shows the message again if that is refused'(client) {
    const { server, page, mine } = await room(client);
    server.refuses = { 'message.delete': [{ code: 'forbidden', message: 'x' }] };
    const begun = performance.now();
    page.row(mine).focus();
    presses(page.row(mine), 'Delete');
    await until(() => page.said() && page.text(mine) === 'mine');
    equals([page.said(), Math.round((performance.now() - begun) / 1_000)], [client.strings.acts.problems.forbidden, 5]);
  },

  async 'offers deleting to authors, and to moderators for people below them'(client) {
    for (const [role, allowed] of [['member', [false, false, true]], ['moderator', [true, false, true]], ['owner', [true, true, true]]]) {
      const { server, page, mine } = await room(client, { role, before: (one) => Object.assign(one.roles, { alice: role, carol: 'moderator' }) });
      const carols = server.writes('by carol', { by: carol });
      await until(() => page.row(carols));
      const offered = [];
      for (const offset of [1, carols, mine]) {
        await page.opensMenu(offset);
        offered.push(page.item(client.strings.acts.delete) !== undefined);
        presses(page.root.activeElement, 'Escape');
      }
      equals([role, offered], [role, allowed]);
      page.element.remove();
    }
  },

  async 'shows the tombstone of a deleted message, and no actions but its thread'(client) {
    const { server, page } = await room(client);
    server.changes('message.deleted', 1);
    await until(() => page.text(1) === client.strings.deleted);
    page.hovers(1);
    equals(page.all('.toolbar [data-act]').map(({ dataset }) => dataset.act), ['more']);
  },

  async 'replies in a thread beside the room, and in the room too'(client) {
    const { server, page } = await room(client);
    page.hovers(1);
    page.tool('reply').click();
    await until(() => page.root.activeElement?.closest('.thread:not([hidden])'));
    equals([page.find('.thread .root .text').textContent, page.find('.app').dataset.panel], ['message 1', 'thread']);
    const box = page.find('.thread textarea');
    types(box, 'only here');
    presses(box, 'Enter');
    await until(() => page.all('.thread .messages .text').length === 1);
    page.find('.also input').click();
    types(box, 'and there');
    presses(box, 'Enter');
    await until(() => server.asked('message.post').length === 2);
    equals(server.asked('message.post').map(({ text, thread, also }) => [text, thread, also]), [['only here', 1, undefined], ['and there', 1, true]]);
    await until(() => page.row(1).querySelector('.replies')?.textContent.includes(client.strings.thread.replies(2)));
    const shown = page.all('.main .text').map(({ textContent }) => textContent);
    equals([shown.includes('only here'), shown.includes('and there'), page.find('.also input').checked], [false, true, false]);
    presses(box, 'Escape');
    await until(() => page.find('.thread').hidden);
    equals(page.root.activeElement, page.row(1).querySelector('.replies'));
  },

  async 'shows no thread and no pins of a room that the person may no longer read'(client) {
    const { server, page } = await room(client);
    page.hovers(1);
    page.tool('reply').click();
    await until(() => page.find('.thread:not([hidden]) .root .message'));
    server.tells({ type: 'unsubscribed', room: 'general', code: 'forbidden', resubscribe: false });
    await until(() => page.find('.thread').hidden);
    equals([page.find('.app').dataset.panel, page.find('.notice').hidden], [undefined, false]);
  },

  async 'closes with Escape what was opened last'(client) {
    const { page } = await room(client);
    page.hovers(1);
    page.tool('reply').click();
    await until(() => page.find('.thread:not([hidden]) .root .message'));
    page.find('.thread .root .message').focus();
    presses(page.root.activeElement, 'r');
    await until(() => page.find('.picker:popover-open .grid button'));
    presses(page.root.activeElement, 'Escape');
    equals(page.find('.thread').hidden, false);
    page.find('.picker').hidePopover();
    presses(page.find('.thread .root .message'), 'Escape');
    await until(() => page.find('.thread').hidden);
  },

  async 'marks a thread with unread replies, and opens it where they begin'(client) {
    const { server, page } = await room(client);
    server.writes('seen', { thread: 1, by: alice });
    server.writes('unseen', { thread: 1 });
    await until(() => page.row(1).querySelector('.replies .dot'));
    page.row(1).querySelector('.replies').click();
    await until(() => page.all('.thread .messages .text').length === 2);
    equals([page.find('.thread .divider.new')?.nextElementSibling.querySelector('.text').textContent, page.row(1).querySelector('.dot')], ['unseen', null]);
    server.writes('live', { thread: 1 });
    await until(() => page.all('.thread .messages .text').length === 3);
    equals([page.row(1).querySelector('.dot'), page.find('.thread .count').textContent], [null, client.strings.thread.replies(3)]);
  },

  async 'counts the replies of a thread less when one is deleted'(client) {
    const { server, page } = await room(client);
    const first = server.writes('first', { thread: 1, by: carol });
    server.writes('second', { thread: 1 });
    await until(() => page.row(1).querySelector('.replies')?.textContent.includes(client.strings.thread.replies(2)));
    server.answers['message.delete']({ message: first }, carol);
    await until(() => page.row(1).querySelector('.replies').textContent.includes(client.strings.thread.replies(1)));
    equals(page.row(1).querySelectorAll('.faces .avatar').length, 1);
  },

  async 'pins a message, lists pins behind the header, and shows one in the room'(client) {
    const server = new MessageServer(client);
    for (let n = 0; n < 80; n++) server.writes(`filler ${n}`);
    const page = await conversation(server);
    const last = server.log.length;
    await page.opensMenu(last);
    page.item(client.strings.acts.pin).click();
    await until(() => page.row(last).querySelector('.chip.pinned'));
    server.changes('message.pinned', 1);
    page.find('.pins-button').click();
    await until(() => page.all('.pins li').length === 2);
    equals(page.all('.pins .excerpt').map(({ textContent }) => textContent), ['filler 79', 'message 1']);
    page.all('.pins .jump')[1].click();
    await until(() => page.row(1)?.dataset.target === '');
    // In a narrow element the panel covers the conversation.
    equals([page.root.activeElement, page.find('.latest').hidden, page.find('.pins').hidden], [page.row(1), false, true]);
    page.find('.pins-button').click();
    await until(() => page.find('.pins:not([hidden])'));
    page.all('.pins li .round')[1].click();
    await until(() => page.all('.pins li').length === 1);
    equals(asked(server, 'message.unpin').length + asked(server, 'message.pin').length, 2);
    page.find('.latest').click();
    await until(() => page.row(last));
  },

  async 'shows the versions of an edited message'(client) {
    const { server, page, mine } = await room(client);
    server.changes('message.edited', mine, { text: 'second', by: alice });
    server.changes('message.edited', mine, { text: '<b>third</b>', by: alice });
    await until(() => page.row(mine).querySelector('.edited'));
    page.row(mine).querySelector('.edited').click();
    await until(() => page.all('.versions .text').length === 3);
    equals(page.all('.versions .text').map(({ textContent }) => textContent), ['<b>third</b>', 'second', 'mine']);
    page.find('dialog.sheet .round').click();
    equals(page.find('dialog.sheet').open, false);
  },

  async 'quotes a message into the composer, and keeps what was typed'(client) {
    const { page } = await room(client);
    types(page.box(), 'so');
    page.row(1).focus();
    presses(page.row(1), 'q');
    equals([page.box().value, page.root.activeElement === page.box()], ['so\n\n> message 1\n\n', true]);
  },

  async 'follows a link to a message, and highlights it'(client) {
    const server = new MessageServer(client);
    for (let n = 0; n < 200; n++) server.writes(`filler ${n}`);
    history.replaceState(null, '', '#/general/20');
    const page = await conversation(server);
    await until(() => page.row(20)?.dataset.target === '');
    equals([page.text(20), page.root.activeElement === page.row(20)], ['filler 17', true]);
    const inView = () => {
      const [box, own] = [page.find('.main .log').getBoundingClientRect(), page.row(20).getBoundingClientRect()];
      return own.top >= box.top && own.bottom <= box.bottom;
    };
    equals(inView(), true);
    server.writes('not in the window');
    await until(() => page.find('.latest').textContent.includes(client.strings.latest(1)));
    equals(page.all('.main .text').some(({ textContent }) => textContent === 'not in the window'), false);
    page.find('.latest').click();
    await until(() => page.all('.main .text').at(-1).textContent === 'not in the window');
  },

  async 'follows no link with links="off", nor to another room with single'(client) {
    history.replaceState(null, '', '#/random/1');
    for (const attributes of [{ room: 'general', links: 'off' }, { room: 'general', single: '' }]) {
      const server = new MessageServer(client);
      const page = await conversation(server, { attributes });
      equals([page.element.getAttribute('room'), server.asked('history').length], ['general', 0]);
      page.element.remove();
    }
  },

  async 'says that a message is gone which a link names'(client) {
    const server = new MessageServer(client);
    const page = await conversation(server);
    location.hash = '#/general/99';
    await until(() => page.said());
    equals(page.said(), client.strings.acts.problems.not_found);
  },

  async 'opens the thread of a reply which a link names'(client) {
    const server = new MessageServer(client);
    const reply = server.writes('hidden in a thread', { thread: 1 });
    const page = await conversation(server);
    location.hash = `#/general/${reply}`;
    await until(() => page.find('.thread:not([hidden]) .messages article[data-target] .text')?.textContent === 'hidden in a thread');
    equals([page.find('.latest').hidden, page.all('.main article').length], [true, 2]);
  },

  async 'edits and deletes replies in the thread'(client) {
    const { server, page } = await room(client);
    const reply = server.writes('mine too', { thread: 1, by: alice });
    await until(() => page.row(1).querySelector('.replies'));
    page.row(1).querySelector('.replies').click();
    const row = () => page.find(`.thread article[data-offset="${reply}"]`);
    await until(row);
    presses(page.find('.thread textarea'), 'ArrowUp');
    types(row().querySelector('textarea'), 'edited here');
    presses(row().querySelector('textarea'), 'Enter');
    await until(() => row().querySelector('.text')?.textContent.startsWith('edited here'));
    equals(asked(server, 'message.edit'), [{ room: 'general', message: reply, text: 'edited here', mentions: [] }]);
    row().focus();
    presses(row(), 'Delete');
    await until(() => page.root.activeElement === row().querySelector('.undo button'));
    dispatchEvent(new Event('pagehide'));
    await until(() => row().querySelector('.text').textContent === client.strings.deleted);
    await until(() => page.row(1).querySelector('.replies') === null);
  },

  async 'jumps to a date, and pages from there in both directions'(client) {
    const server = new MessageServer(client);
    for (let day = 0; day < 300; day++) server.writes(`day ${day}`, { minute: day * 1_440 });
    const page = await conversation(server);
    page.find('.main .divider button').click();
    await until(() => page.find('dialog[open] input[type=date]'));
    page.find('dialog[open] input').value = '2026-04-11';
    page.find('dialog[open] form').requestSubmit();
    await until(() => page.all('.main .text').some(({ textContent }) => textContent === 'day 40'));
    const shown = () => page.all('.main .text').map(({ textContent }) => textContent);
    equals(shown().includes('day 299'), false);
    const log = page.find('.main .log');
    await until(() => ((log.scrollTop = 0), shown()[0] === 'message 1'));
    await until(() => ((log.scrollTop = log.scrollHeight), shown().at(-1) === 'day 299'));
    equals(page.all('.messages > *').length <= 500, true);
  },

  async 'keeps what is read in its place while messages arrive and others change'(client) {
    const server = new MessageServer(client);
    for (let n = 0; n < 120; n++) server.writes(`filler ${n}`);
    const page = await conversation(server);
    const log = page.find('.main .log');
    log.scrollTop = log.scrollHeight / 2;
    const watched = page.all('.main article').find((one) => one.getBoundingClientRect().top > log.getBoundingClientRect().top);
    const top = () => Math.round(watched.getBoundingClientRect().top);
    await new Promise(requestAnimationFrame);
    const before = top();
    server.changes('reaction.added', Number(watched.dataset.offset) - 3, { emoji: '👍' });
    server.changes('message.edited', Number(watched.dataset.offset) - 4, { text: 'long '.repeat(400) });
    for (let n = 0; n < 5; n++) server.writes(`new ${n}`);
    await until(() => page.find('.latest').textContent.includes(client.strings.latest(5)));
    await new Promise(requestAnimationFrame);
    equals(Math.abs(top() - before) <= 1, true);
  },

  async 'touches no other row when a message arrives'(client) {
    const server = new MessageServer(client);
    for (let n = 0; n < 300; n++) server.writes(`filler ${n}`, { minute: n / 100 });
    const page = await conversation(server);
    await until(() => page.all('.main article').length >= 50);
    const touched = new Set();
    const watching = new MutationObserver((records) => records.forEach(({ target }) => touched.add(target.closest?.('article') ?? target)));
    watching.observe(page.find('.main .messages'), { subtree: true, childList: true, attributes: true, characterData: true });
    server.writes('one more', { minute: 3 });
    await until(() => page.all('.main .text').at(-1).textContent === 'one more');
    watching.takeRecords();
    watching.disconnect();
    equals([...touched].filter((node) => node.localName === 'article' && node.querySelector('.text').textContent !== 'one more').length, 0);
  },

  async 'shows help with ? and goes to a room with Ctrl+K, outside the composer'(client) {
    const { server, page } = await room(client, { before: (one) => one.rooms.push({ id: 'random', name: 'Random', kind: 'public', role: 'member' }) });
    presses(page.box(), '?');
    presses(page.box(), 'k', { ctrlKey: true });
    await settled();
    equals(page.find('dialog[open]'), null);
    presses(page.row(1), '?');
    await until(() => page.find('dialog.help[open]'));
    page.find('dialog.help .round').click();
    presses(page.row(1), 'k', { ctrlKey: true });
    await until(() => page.find('dialog.switcher[open]'));
    const input = page.find('.switcher input');
    types(input, 'rand');
    equals(page.all('.switcher [role=option]').map(({ textContent }) => textContent), ['Random']);
    presses(input, 'Enter');
    await until(() => page.element.getAttribute('room') === 'random');
    equals(server.asked('subscribe').some(({ room: id }) => id === 'random'), true);
  },

  async 'shows the connection with F8 while it writes too, in numbers that go on'(client) {
    const { server, page } = await room(client);
    server.answers.ping = () => ({});
    presses(page.box(), 'F8');
    await until(() => page.find('dialog.stats[open] dd'));
    const shown = () => page.all('dialog.stats dd').map(({ textContent }) => textContent);
    const before = shown();
    equals([before.length, before[0], Number.parseInt(before[3]) > 0], [10, 'WebSocket', true]);
    server.writes('one more', { minute: 3 });
    await until(() => Number.parseInt(shown()[3]) > Number.parseInt(before[3]));
    page.find('dialog.stats .primary').click();
    await until(() => /^The server replied after \d+ ms\.$/.test(page.find('dialog.stats [role=status]').textContent));
    page.find('dialog.stats .round').click();
    equals(page.find('dialog[open]'), null);
  },

  async 'shows a thread in place of the room on a phone'(client) {
    const { page } = await room(client, { width: '380px' });
    page.hovers(1);
    page.tool('reply').click();
    await until(() => page.find('.thread:not([hidden])'));
    const [panel, app] = [page.find('.thread'), page.find('.app')].map((one) => Math.round(one.getBoundingClientRect().width));
    equals([app - panel <= 2, getComputedStyle(page.find('.main')).visibility], [true, 'hidden']);
    page.find('.thread header .round').click();
    await until(() => getComputedStyle(page.find('.main')).visibility === 'visible');
  },

  async 'loses nothing of a thread over a disconnect that the server cannot recover'(client) {
    const { server, page } = await room(client);
    server.writes('before', { thread: 1 });
    await until(() => page.row(1).querySelector('.replies'));
    page.row(1).querySelector('.replies').click();
    await until(() => page.all('.thread .messages .text').length === 1);
    server.recovers = false;
    server.breaksOff();
    server.logs({ type: 'message.posted', by: bob, text: 'while away', key: 'k', thread: 1 });
    await until(() => page.all('.thread .messages .text').at(-1)?.textContent === 'while away');
    await until(() => page.row(1).querySelector('.replies')?.textContent.includes(client.strings.thread.replies(2)));
  },
};
