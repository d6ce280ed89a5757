/** A busy room for screenshots and for the accessibility checks, and the states that people bring it into. */
import { MessageServer, alice, bob, conversation, holds, lifts, presses, types } from './acts-kit.js';
import { modules, settled, until } from './kit.js';

const carol = { id: 'carol', name: 'Carol' };

/** The busy room in place of what the page shows. */
export async function fillsThePage(base = new URL('.', document.baseURI).href) {
  document.body.replaceChildren();
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('body { display: block; margin: 0 } parley-chat { height: 100dvh; --parley-height: 100dvh; --parley-radius: 0 } :root { color-scheme: light dark }');
  document.adoptedStyleSheets = [sheet];
  return busyRoom(await modules(base));
}

/** Alice's element with the room, filling the window. `shows(state)` brings it into a state, `leaves(state)` back. */
export async function busyRoom(client) {
  const server = new MessageServer(client);
  server.log = [];
  server.features = [...server.features, 'previews'];
  const { fetched } = server;
  server.fetched = (address, options) => (address.pathname.includes('/previews/') ? chart() : fetched(address, options));
  Object.assign(server.people, { carol });
  Object.assign(server.roles, { carol: 'moderator', alice: 'owner' });
  Object.assign(server.rooms[0], { name: 'Release 4.2', retention: '365d', topic: 'Ship on Friday · runbook in the wiki · ask Carol before touching production' });
  server.rooms.push(...['Engineering', 'Design reviews', 'Incidents', 'Lunch'].map((name, n) => ({ id: `r${n}`, name, kind: n === 2 ? 'private' : 'public', role: n === 3 ? 'none' : 'member' })));
  const write = (text, by, minute, fields) => server.writes(text, { by, minute, ...fields });
  for (let n = 0; n < 4; n++) write(`Earlier message number ${n + 1}`, [bob, carol, alice][n % 3], n * 2 - 1_500);
  const plan = write('Morning! The release branch is cut. Who takes the smoke tests on staging?', carol, 0);
  write('I can, after ten.', carol, 2);
  const mine = write('I have the numbers from last night: p99 at 84 ms, no errors in six hours. See https://intranet.example/dashboards/release', alice, 4);
  const root = write('One open question: do we keep the old export for another version? Two customers still use it, and the new one has no column for the cost centre yet.', bob, 9);
  write('مرحبا، سأراجع الترجمة العربية قبل الظهر إن شاء الله.', carol, 11);
  const gone = write('wrong window', carol, 12);
  const last = write('Looks good from here. Let us ship it.', alice, 14);
  for (const [n, [by, text]] of [[carol, 'Keep it. I will write the note for the changelog.'], [carol, 'Agreed, but let us log a warning when it is used.'], [bob, 'Fine with me.'], [alice, 'Then I add the warning today.']].entries()) write(text, by, 15 + n, { thread: root });
  write('Decision for everyone: the old export stays until 4.3, with a warning.', carol, 21, { thread: root, also: true });
  for (const [message, emoji, by] of [[plan, '👍', alice], [plan, '👍', bob], [plan, '👀', carol], [mine, '🎉', bob], [mine, '🎉', carol], [mine, '🚀', alice], [last, '❤️', carol]]) server.changes('reaction.added', message, { emoji, by });
  server.changes('message.edited', mine, { text: 'I have the numbers from last night: p99 at 84 ms, no errors in six hours. See https://intranet.example/dashboards/release/4.2', by: alice });
  server.changes('message.pinned', plan, { by: carol });
  server.changes('message.pinned', mine, { by: carol });
  server.changes('message.deleted', gone, { by: carol });
  const page = await conversation(server, { role: 'owner', width: '100%' });
  page.element.style.cssText = '';
  page.find('.log').scrollTop = 1e6;
  return { ...states(client, server, page, { plan, mine, root, last }), page, server };
}

/** A picture that a page might have. */
async function chart() {
  const canvas = new OffscreenCanvas(320, 240);
  const pen = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext('2d'));
  pen.fillStyle = '#0b6e66';
  pen.fillRect(0, 0, 320, 240);
  pen.fillStyle = '#f5cf84';
  for (let n = 0; n < 8; n++) pen.fillRect(24 + n * 36, 200 - ((n * 53) % 140), 22, 20 + ((n * 53) % 140));
  return new Response(await canvas.convertToBlob());
}

function states(client, server, page, { plan, mine, root, last }) {
  const escape = () => presses(page.root.activeElement ?? page.find('.app'), 'Escape');
  const enter = {
    busy() {},
    toolbar: () => page.hovers(mine),
    menu: () => page.opensMenu(mine),
    async sheet() {
      holds(page.row(plan).querySelector('.text'));
      await until(() => page.find('.menu-box[data-sheet]:popover-open'));
      lifts(page.row(plan));
    },
    editing: () => presses(page.box(), 'ArrowUp'),
    async refused() {
      server.refuses = { 'message.edit': [{ code: 'forbidden', message: 'x' }] };
      presses(page.box(), 'ArrowUp');
      const editor = page.row(last).querySelector('.editor textarea');
      types(editor, 'Looks good from here. Let us ship it today.');
      presses(editor, 'Enter');
      await until(() => page.row(last).querySelector('.editor [role=alert]').textContent);
    },
    async undo() {
      page.row(last).focus();
      presses(page.row(last), 'Delete');
      await until(() => page.row(last).querySelector('.undo'));
    },
    async thread() {
      server.writes('Thanks. I will tell the two customers.', { thread: root, minute: 25 });
      await until(() => page.row(root).querySelector('.dot'));
      page.row(root).querySelector('.replies').click();
      await until(() => page.all('.thread .messages .text').length > 4);
    },
    async pins() {
      page.find('.pins-button').click();
      await until(() => page.all('.pins li').length === 2);
    },
    async previews() {
      server.changes('message.previewed', mine, { by: alice, previews: [{ url: 'https://intranet.example/dashboards/release/4.2', title: 'Release 4.2: load test of last night', text: 'p99, errors and memory of both instances over six hours, beside those of 4.1.', picture: 'dashboard' }] });
      server.changes('message.edited', last, { by: alice, text: 'Looks good from here. Let us ship it. https://wiki.example/a https://blog.example/b' });
      server.changes('message.previewed', last, { by: alice, previews: [
        { url: 'https://wiki.example/a', title: 'A very long title of a page that says everything about itself and then some more, as pages like to do' },
        { url: 'https://blog.example/b', text: 'No title, but words: what we learned from three years of releases on Fridays, and why we stopped. It is a long story with a short end.' },
      ] });
      await until(() => page.all('.preview a').length === 3);
      page.find('.log').scrollTop = 1e6;
    },
    async members() {
      page.find('.people').click();
      await until(() => page.all('.members li').length === 3);
    },
    async settings() {
      page.find('.people').click();
      await until(() => page.all('.members li').length === 3);
      page.all('.members footer .act')[0].click();
      await until(() => page.find('dialog[open] #settings-retention'));
    },
    async discarded() {
      server.refuses = { 'message.post': [{ code: 'too_large', message: 'x' }, { code: 'too_large', message: 'x' }] };
      for (const text of ['Here is the whole log of last night.', 'And the one of the night before.']) {
        types(page.box(), text);
        // On a phone, Enter would break the line.
        page.find('.main .send').click();
        await until(() => page.all('.main article').at(-1).querySelector('.failure'));
      }
      page.all('.main .failure .quiet')[0].click();
      await until(() => page.find('.main .undo'));
    },
    async report() {
      await page.opensMenu(plan);
      [...page.all('.menu-box .item')].find((item) => /Report message|Nachricht melden/.test(item.textContent)).click();
      await until(() => page.find('dialog[open] #report-reason'));
    },
    async versions() {
      page.row(mine).querySelector('.edited').click();
      await until(() => page.all('.versions .text').length === 2);
    },
    async target() {
      location.hash = `#/general/${plan}`;
      await until(() => page.row(plan)?.dataset.target === '');
    },
    async help() {
      presses(page.row(mine), '?');
      await until(() => page.find('dialog.help[open]'));
    },
    async stats() {
      presses(page.row(mine), 'F8');
      await until(() => page.find('dialog.stats[open]'));
    },
    async switcher() {
      presses(page.row(mine), 'k', { ctrlKey: true });
      await until(() => page.find('dialog.switcher[open]'));
    },
    async date() {
      page.find('.main .divider button').click();
      await until(() => page.find('dialog[open] input[type=date]'));
    },
  };
  return {
    names: Object.keys(enter),
    async shows(state) {
      await enter[state]();
      // The browser paints rows that come into view (content-visibility) one frame after it has laid them out.
      await new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted)));
    },
    async leaves(state) {
      page.find('dialog[open]')?.close();
      if (state === 'undo') page.row(last).querySelector('.undo .link').click();
      else if (state === 'discarded') page.all('.main .failure .quiet').forEach((discard) => discard.click());
      else if (['menu', 'sheet', 'editing', 'refused', 'thread', 'pins', 'members', 'settings'].includes(state)) escape();
      page.root.activeElement?.blur();
      page.find('.log').dispatchEvent(new PointerEvent('pointerleave'));
      await settled();
    },
  };
}
