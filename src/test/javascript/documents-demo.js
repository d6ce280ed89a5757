/** Documents of a room, for screenshots. */
import { alice, bob } from './acts-kit.js';
import { DocumentServer, carol, disconnects, yjs } from './documents-kit.js';
import { settled, until } from './kit.js';
import { fillsThePage as fillsWithRooms } from './rooms-demo.js';

/** The states of which pictures are taken. The others are for a look by hand. */
const TAKEN = ['documents', 'document', 'document-history', 'document-offline', 'document-reading'];

const LONG = `# Release 4.2

Ship on **Friday**, if the smoke tests on staging stay green until Thursday evening. The runbook is in [the wiki](https://wiki.example/runbook).

## Open questions

- [x] Does the old export stay? *Yes*, until 4.3, with a warning
- [ ] Who tells the two customers?
- [ ] ~~Freeze on Wednesday~~ Thursday

> Never on a Friday evening.

\`\`\`
asadmin deploy --force target/parley.war
\`\`\`

مراجعة الترجمة العربية قبل الظهر إن شاء الله.

1. stop the proxy
2. deploy, then look at \`/health/ready\`
`;

export async function fillsThePage(base = new URL('.', document.baseURI).href) {
  const parts = await yjs(base);
  return fillsWithRooms(base, {
    features: ['search', 'files'],
    states: (client, server, page) => {
      const documents = new DocumentServer(server, parts);
      documents.has('release', 'Release 4.2: plan and open questions', LONG, { by: carol, minute: 40 });
      documents.writes('release', (text) => text.insert(text.length, '\nCarol has the list of customers.\n'), carol);
      documents.has('minutes', 'Minutes of Monday', 'Nothing was decided.', { by: bob, minute: 20 });
      documents.has('long', 'A title that is much too long for a panel of any width, and says so at some length', '', { by: { id: 'x', name: 'A person with an extraordinarily long name' }, minute: 10 });
      documents.has('arabic', 'محضر الاجتماع', '', { by: bob, minute: 5 });
      server.breaksOff();
      return states(client, server, page, documents);
    },
  });
}

function states(client, server, page, documents) {
  const painted = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const list = async () => {
    await until(() => !page.find('.documents-button').hidden && server.asked('subscribe').length > 1);
    page.find('.documents-button').click();
    await until(() => page.find('.documents') && !page.find('.documents').hidden && page.find('.documents .state, .documents [role=status]').textContent === '');
    await until(() => page.all('.documents li').length > 0 || !page.find('.documents .empty').hidden);
  };
  const opens = async (n = 0) => {
    await list();
    page.all('.documents li .jump')[n].click();
    await until(() => page.find('.document:not([hidden]) .cm-content'));
    await until(() => ['Saved', 'Gespeichert'].includes(page.find('.document .saved').textContent) || !page.find('.document .line').hidden);
  };
  const types = (text) => {
    page.find('.document .cm-content').focus();
    (page.root.getSelection?.() ?? getSelection()).modify('move', 'forward', 'documentboundary');
    document.execCommand('insertText', false, text);
  };
  let role = 'owner';
  let returns = () => {};
  const enter = {
    header: () => until(() => !page.find('.documents-button').hidden),
    documents: list,
    async 'documents-none'() {
      documents.answers = () => Response.json({ documents: [] });
      await list();
    },
    async 'documents-error'() {
      documents.answers = () => Response.json({ code: 'unavailable' }, { status: 503 });
      page.find('.documents-button').click();
      await until(() => page.find('.documents .lists > .link') && !page.find('.documents .lists > .link').hidden);
    },
    async 'documents-menu'() {
      await list();
      page.all('.documents li .round')[1].click();
      await until(() => page.find('.menu-box:popover-open'));
    },
    async 'documents-new'() {
      await list();
      page.find('.documents .act').click();
      await until(() => page.find('.documents dialog[open]'));
      page.find('#document-title').value = 'Notes of the retrospective';
    },
    async 'documents-delete'() {
      await enter['documents-menu']();
      page.all('.menu-box .item.grave').at(-1).click();
      await until(() => page.find('.documents dialog[open]'));
    },
    async document() {
      await opens();
      documents.points('release', bob, 60, 92);
      documents.points('release', carol, documents.textOf('release').indexOf('Thursday\n'));
      await until(() => page.all('.document .caret').length === 2);
    },
    async 'document-empty'() {
      await opens(2);
    },
    async 'document-menu'() {
      await opens();
      page.find('.document [aria-haspopup]').click();
      await until(() => page.find('.menu-box:popover-open'));
    },
    async 'document-history'() {
      await opens();
      page.find('.document [aria-haspopup]').click();
      await until(() => page.find('.menu-box:popover-open'));
      page.all('.menu-box .item')[0].click();
      await until(() => page.find('.document-history[open] .past:not([hidden])'));
      page.find('.document-history input').value = '1';
      page.find('.document-history input').dispatchEvent(new Event('input'));
      await painted();
    },
    async 'document-offline'() {
      await opens();
      returns = disconnects(server, page.element);
      await until(() => page.find('.document .line')?.dataset.kind === 'offline');
      types('Written on the train.');
    },
    async 'document-refused'() {
      await opens();
      server.refuses = { 'document.update': [{ code: 'too_large', message: 'x', temporary: false }] };
      types('One more line.');
      await until(() => page.find('.document .line').dataset.kind === 'refused');
    },
    async 'document-reading'() {
      [role, server.rooms[0].role] = [server.rooms[0].role, 'guest'];
      server.says({ type: 'member.role', by: carol, user: alice, role: 'guest' });
      await opens();
      await until(() => page.find('.document .line').dataset.kind === 'reading');
    },
    async 'document-deleted'() {
      await opens();
      documents.closes('release', 'not_found');
      await until(() => page.find('.document .empty:not([hidden])'));
    },
  };
  const leave = {
    'documents-none': () => (documents.answers = () => undefined),
    'documents-error': () => (documents.answers = () => undefined),
    'document-offline': async () => {
      returns();
      await until(() => page.find('.header .status').dataset.phase === 'connected');
      await until(() => server.asked('document.update').length > 0);
    },
    'document-refused': async () => {
      page.find('.document .line button').click();
      await until(() => page.find('.document .line').hidden);
    },
    'document-reading': () => {
      server.rooms[0].role = role;
      server.says({ type: 'member.role', by: carol, user: alice, role });
    },
  };
  return {
    names: TAKEN,
    async shows(state) {
      await enter[state]();
      await painted();
    },
    async leaves(state) {
      page.find('dialog[open]')?.close();
      if (page.find('.menu-box:popover-open')) page.find('.menu-box').hidePopover();
      await leave[state]?.();
      const open = page.find(':is(.document, .documents):not([hidden])');
      (open?.classList.contains('document') ? page.all('.document > header .round').at(-1) : open?.querySelector('header .round'))?.click();
      await until(() => !page.find('.app').hasAttribute('data-panel'));
      page.root.activeElement?.blur();
      await settled();
    },
  };
}
