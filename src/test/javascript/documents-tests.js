/** Documents in the page: writing together, without a connection, over a reload, and by keyboard. */
import { MessageServer, alice, bob, conversation, presses } from './acts-kit.js';
import { DocumentServer, carol, disconnects, yjs } from './documents-kit.js';
import { equals, until } from './kit.js';

export const tests = {
  async 'creates a document, writes into it, and shows what others write'(client) {
    const { documents, page } = await room(client);
    await lists(page);
    page.find('.documents .act').click();
    page.find('#document-title').value = 'Plan';
    page.find('.documents dialog[open] .primary').click();
    await until(() => page.find('.cm-content'));
    await types(page, 'Hello');
    await until(() => documents.textOf('document-1') === 'Hello');
    documents.writes('document-1', (text) => text.insert(0, 'Bob: '));
    await until(() => textOf(page) === 'Bob: Hello');
    await until(() => page.find('.document .saved').textContent === 'Saved');
    equals([page.find('.document h2').textContent, page.find('.cm-content').ariaLabel], ['Plan', 'Text of Plan']);
  },

  async 'keeps the focus in the list while others create and change documents'(client) {
    const { server, documents, page } = await room(client);
    documents.has('plan', 'Plan');
    documents.has('notes', 'Notes');
    await lists(page);
    const item = (title) => page.all('.documents-list .jump').find((one) => one.textContent.startsWith(title));
    await until(() => item('Plan') && item('Notes'));
    const plan = item('Plan');
    plan.focus();
    documents.has('third', 'Third', '', { by: bob, minute: 5 });
    server.says({ type: 'document.created', by: bob, document: 'third', title: 'Third' });
    await until(() => item('Third'));
    equals([page.root.activeElement === plan, item('Plan') === plan], [true, true]);
    documents.documents.get('plan').title = 'Plan B';
    server.says({ type: 'document.renamed', by: bob, document: 'plan', title: 'Plan B' });
    await until(() => item('Plan B'));
    equals(page.root.activeElement === item('Plan B'), true);
  },

  async 'takes back only what the person wrote'(client) {
    const { documents, page } = await room(client);
    documents.has('plan', 'Plan', 'Start. ');
    await opens(page);
    await types(page, 'Mine. ');
    await until(() => documents.textOf('plan') === 'Start. Mine. ');
    documents.writes('plan', (text) => text.insert(0, 'Bob. '));
    await until(() => textOf(page).startsWith('Bob.'));
    button(page, 'Undo your last change').click();
    await until(() => documents.textOf('plan') === 'Bob. Start. ');
    await until(() => !button(page, 'Redo').disabled);
    equals(button(page, 'Undo your last change').disabled, true);
    presses(page.find('.cm-content'), 'y', { ctrlKey: true, code: 'KeyY', keyCode: 89 });
    await until(() => documents.textOf('plan') === 'Bob. Start. Mine. ');
  },

  async 'keeps what was written without a connection over a reload, and sends it once'(client) {
    const { server, documents, page } = await room(client);
    documents.has('plan', 'Plan', 'Known. ');
    await opens(page);
    await until(() => page.find('.document .saved').textContent === 'Saved');
    disconnects(server, page.element);
    await until(() => page.find('.document .line').dataset.kind === 'offline');
    await types(page, 'Offline. ');
    await until(() => page.find('.document .saved').textContent === 'Not sent yet');
    dispatchEvent(new PageTransitionEvent('pagehide'));
    page.element.remove();
    documents.writes('plan', (text) => text.insert(0, 'Bob. '));

    const later = await conversation(server);
    // The page sends what was left although nobody opens the document.
    await until(() => documents.textOf('plan') === 'Bob. Known. Offline. ');
    await opens(later);
    await until(() => textOf(later) === 'Bob. Known. Offline. ');
    equals(server.asked('document.update').length, 1);
  },

  async 'opens without a connection what was open before'(client) {
    const { server, documents, page } = await room(client);
    documents.has('plan', 'Plan', 'Known. ');
    await opens(page);
    await until(() => textOf(page) === 'Known. ');
    button(page, 'Close').click();
    disconnects(server, page.element);
    await until(() => page.find('.header .status').dataset.phase !== 'connected');
    location.hash = '#/general/document/plan';
    await until(() => page.find('.cm-content') && page.find('.document .line').dataset.kind === 'offline');
    equals(textOf(page), 'Known. ');
  },

  async 'signing out deletes the documents that the browser keeps'(client) {
    const { documents, page, server } = await room(client);
    documents.has('plan', 'Plan', 'Secret. ');
    await opens(page);
    const name = `parley documents ${JSON.stringify(server.owner)}`;
    const kept = async () => (await indexedDB.databases()).some((one) => one.name === name);
    await until(kept);
    page.element.tokenProvider = null;
    await until(async () => !(await kept()));
    equals(page.find('.document'), null);
  },

  async 'a person who may not write reads, and sees who is there by the names of the server'(client) {
    const { documents, page } = await room(client, { role: 'guest' });
    documents.has('plan', 'Plan', 'One two three');
    await lists(page);
    equals([page.find('.documents .act').hidden, page.all('.documents li .round').length], [true, 1]);
    page.find('.documents li .jump').click();
    await until(() => page.find('.cm-content'));
    equals([page.find('.cm-content').contentEditable, page.find('.document .line').dataset.kind], ['false', 'reading']);
    documents.points('plan', bob, 0, 3);
    documents.points('plan', carol, 5);
    await until(() => page.all('.caret').length === 2);
    equals([page.all('.whose').map((one) => one.textContent).sort(), page.find('.document .others').ariaLabel], [['Bob', 'Carol'], 'Also here: Bob and Carol']);
    equals(page.find('.document .spoken').textContent, 'Bob is in this document now.');
  },

  async 'a broken update, objects in the text and nonsense as a place change nothing for the reader'(client) {
    const { documents, page, parts } = await room(client);
    documents.has('plan', 'Plan', 'Before ');
    await opens(page);
    documents.stores('plan', Uint8Array.of(255, 255, 255, 255, 7));
    documents.writes('plan', (text) => text.insertEmbed(2, { image: 'x' }));
    documents.writes('plan', (text) => text.insert(text.length, 'after'));
    await until(() => page.all('.cm-specialChar').length === 1 && textOf(page).endsWith('fore after'));
    documents.points('plan', bob, 1);
    const awareness = new parts.Awareness(new parts.Doc());
    awareness.setLocalState({ cursor: { anchor: 'here', head: [] } });
    awareness.destroy();
    await until(() => page.find('.document .line').dataset.kind === 'broken');
    await types(page, '!');
    await until(() => documents.textOf('plan').endsWith('after!'));
  },

  async 'keys in the text are text, and Escape leaves it before it closes'(client) {
    const { documents, page } = await room(client);
    documents.has('plan', 'Plan', '');
    await opens(page);
    const text = page.find('.cm-content');
    text.focus();
    for (const key of ['?', 'k']) presses(text, key, { ctrlKey: key === 'k' });
    equals(page.all('dialog[open]').length, 0);
    presses(text, 'Escape');
    equals([page.root.activeElement?.ariaLabel, page.find('.app').dataset.panel], ['All documents', 'document']);
    presses(page.root.activeElement, 'Escape');
    await until(() => !page.find('.app').hasAttribute('data-panel'));
    equals(page.root.activeElement?.ariaLabel, 'Documents');
  },

  async 'a narrow header has a menu in place of the buttons of the panels'(client) {
    const { documents, page } = await room(client, { width: '400px' });
    documents.has('plan', 'Plan', '');
    await until(() => page.find('.more-button').checkVisibility());
    equals([page.find('.documents-button').checkVisibility(), page.find('.pins-button').checkVisibility()], [false, false]);
    page.find('.more-button').click();
    await until(() => page.item('Documents'));
    equals(page.all('.menu-box [role=menuitem]').map((one) => one.textContent), ['Documents', 'Show pinned messages']);
    page.item('Documents').click();
    await until(() => page.all('.documents li').length === 1);
    page.find('.documents header .round').click();
    await until(() => page.root.activeElement === page.find('.more-button'));
  },

  async 'a link in a message opens the document beside the conversation'(client) {
    const { server, documents, page } = await room(client);
    documents.has('plan', 'Plan', 'Linked');
    const at = server.writes(`See ${location.href.split('#')[0]}#/general/document/plan`);
    await until(() => page.row(at)?.querySelector('a'));
    page.row(at).querySelector('a').click();
    await until(() => page.find('.cm-content') && textOf(page) === 'Linked');
  },

  async 'gives its text to the search, whose results open the document'(client) {
    const { server, documents, page } = await room(client, { features: ['search'] });
    documents.has('plan', 'Plan', 'Known. ');
    const given = /** @type {any[]} */ ([]);
    documents.answers = (url, options) => (url.pathname.endsWith('/text') ? (given.push(JSON.parse(options.body)), new Response(null, { status: 204 })) : undefined);
    await opens(page);
    await types(page, 'Written. ');
    await until(() => documents.textOf('plan') === 'Known. Written. ');
    // Closing a document gives what is due.
    button(page, 'All documents').click();
    await until(() => given.length === 1);
    equals(given[0], { version: 2, text: 'Known. Written. ' });

    const fetched = server.fetched;
    const hostile = '<img src=x onerror=alert(1)>';
    const hit = { room: 'general', document: { id: 'plan', title: hostile }, highlights: [], passage: { text: 'Known. Written. ', highlights: [[0, 5]] } };
    server.fetched = (url, options) => (url.pathname.endsWith('/api/search') ? Response.json({ results: [], documents: [hit], total: 0 }) : fetched(url, options));
    page.find('.search-button').click();
    await until(() => page.find('.finder[open]'));
    const input = page.find('.finder input[type=search]');
    input.value = 'known';
    input.dispatchEvent(new Event('input'));
    await until(() => page.find('.finder .of-document'));
    const found = page.find('.finder .of-document');
    equals([found.querySelector('.who').textContent, found.querySelector('mark').textContent, page.find('.counted').textContent], [hostile, 'Known', '1 document']);
    found.click();
    await until(() => page.find('.document:not([hidden]) .cm-content') && textOf(page) === 'Known. Written. ');
    equals(page.find('.finder').open, false);
  },

  async 'restores an earlier version as a change of its own'(client) {
    const { documents, page } = await room(client);
    documents.has('plan', 'Plan', 'One. ');
    documents.writes('plan', (text) => text.insert(text.length, 'Two. '));
    await opens(page);
    page.find('.document [aria-haspopup]').click();
    await until(() => page.item('History'));
    page.item('History').click();
    await until(() => page.find('.document-history[open] .past:not([hidden])'));
    const slider = page.find('.document-history input');
    equals([slider.max, slider.getAttribute('aria-valuetext')], ['2', 'Version 2 of 2']);
    slider.value = '1';
    slider.dispatchEvent(new Event('input'));
    await until(() => page.find('.document-history pre').textContent === 'One. ');
    await until(() => page.find('.document-history .made-by bdi')?.textContent === 'Alice');
    equals(page.find('.document-history .made-by time').dateTime, '2026-03-02T09:01:00.000Z');
    page.find('.document-history .primary').click();
    await until(() => documents.textOf('plan') === 'One. ');
    equals([textOf(page), page.said()], ['One. ', 'Version 1 is restored.']);
  },

  async 'a deleted document ends, and offers what was not sent'(client) {
    const { server, documents, page } = await room(client);
    documents.has('plan', 'Plan', 'Text');
    await opens(page);
    server.refuses = { 'document.update': [{ code: 'unavailable', message: 'x', temporary: true }] };
    await types(page, ' of mine');
    await until(() => server.asked('document.update').length > 0);
    documents.closes('plan', 'not_found');
    await until(() => !page.find('.document > .empty').hidden);
    equals([page.find('.document h3').textContent, page.find('.document > .empty button').textContent, page.find('.cm-content')], ['This document was deleted.', 'Download your text', null]);
  },

  async 'keeps a number of documents, and first those with changes that were not sent'(client) {
    const { KeptDocuments, MOST_KEPT } = await import(new URL('chat/document/kept-documents.js', document.baseURI).href);
    const kept = new KeptDocuments(['https://test.example/', client.newKey()]);
    const state = Uint8Array.of(0, 0);
    await kept.keep('general', 'first', { title: 'First', version: 1, state }, [{ key: 'k', order: 1, update: state }]);
    for (let n = 0; n <= MOST_KEPT; n++) await kept.keep('general', `d${n}`, { title: 't', version: 1, state }, []);
    equals([(await kept.read('first'))?.unsent.length, await kept.read('d0'), (await kept.read(`d${MOST_KEPT}`))?.version, await kept.left()], [1, null, 1, [{ room: 'general', id: 'first' }]]);
    await kept.append('d5', [{ version: 2, update: state }, { version: 3, update: state }, { version: 5, update: state }]);
    equals([(await kept.read('d5'))?.version, (await kept.read('d5'))?.updates.length], [3, 3]);
    await kept.forget('first');
    equals([await kept.read('first'), await kept.left()], [null, []]);
    kept.close();
  },
};

async function room(client, { role = 'member', width = '900px', features = /** @type {string[]} */ ([]) } = {}) {
  const parts = await yjs(new URL('.', document.baseURI).href);
  const server = new MessageServer(client);
  Object.assign(server.people, { carol });
  server.features.push(...features);
  server.roles = { alice: role, bob: 'member' };
  const documents = new DocumentServer(server, parts);
  const page = await conversation(server, { role, width });
  return { parts, server, documents, page, alice };
}

async function lists(page) {
  await until(() => !page.find('.documents-button').hidden);
  page.find('.documents-button').click();
  await until(() => page.find('.documents:not([hidden])') && page.find('.documents [role=status]').textContent === '');
}

async function opens(page) {
  await lists(page);
  page.find('.documents li .jump').click();
  await until(() => page.find('.document:not([hidden]) .cm-content'));
}

/** At the end of the text. */
async function types(page, text) {
  const field = page.find('.cm-content');
  field.focus();
  (page.root.getSelection?.() ?? getSelection()).modify('move', 'forward', 'documentboundary');
  document.execCommand('insertText', false, text);
}

function textOf(page) {
  const lines = page.all('.cm-line').map((line) => line.textContent);
  return lines.join('\n').replace('Write something. Markdown works here.', '');
}

function button(page, label) {
  return page.all('.document > header button').find((one) => one.ariaLabel === label);
}
