/** The search on a server that finds something, for screenshots. */
import { alice, bob } from './acts-kit.js';
import { settled, until } from './kit.js';
import { fillsThePage as fillsWithRooms } from './rooms-demo.js';

const carol = { id: 'carol', name: 'Carol' };
const ago = (hours) => new Date(Date.now() - hours * 3_600_000).toISOString();

/** Results: room, author, hours ago, and the text with what was found in brackets; or a file, and a passage of its text. */
const FOUND = [
  ['general', bob, 2, 'The [release] notes are in the wiki. Please add what your team changed, and mention the ticket.'],
  ['incidents', carol, 26, 'Rolled back the [release] of this morning: https://status.example.com/incidents/4711 has the graphs, and the errors stopped within a minute. Root cause was a configuration that only staging has.'],
  ['ops', alice, 90, `${'On Monday we talked for a long time about the order of the steps, and who starts them. '.repeat(4)}In short: the person on call starts the [release], and says so in this room before and after. ${'Questions about that belong into the thread. '.repeat(6)}`],
  ['ops', bob, 120, '', 'release-plan.pdf', 'Each step has one owner. The [release] begins when all owners have said in the room that they are there, and not before.'],
  ['general', carol, 200, 'The minutes of Friday', 'minutes of the meeting with a very long name that does not fit into one line of a phone.docx', 'Next [release]: 1 December.'],
  ['arabic', carol, 300, 'تمت مراجعة الترجمة قبل [release] القادم'],
  ['long', bob, 1_100, '[Releases] are on Thursdays.'],
  ['general', { id: 'x', name: 'A person with an extraordinarily long name that does not fit' }, 9_000, 'リリース [release] の準備ができました 🎉'],
];

/** Documents: room, title, and a passage. */
const DOCUMENTS = [
  ['ops', '[Release] checklist', ''],
  ['general', 'Minutes of a meeting with a very long title that does not fit into one line of a phone', 'Then we agreed that the [release] begins at nine.'],
];

function result([room, by, hours, marked, name, inFile], n) {
  const { text, highlights } = found(marked);
  const message = { offset: n + 1, by, at: ago(hours), text, key: `found ${n}` };
  if (!name) return { room, message, highlights };
  return { room, message: { ...message, files: [{ id: 'f', name, type: 'application/pdf', size: 7 }] }, highlights, passage: { file: 'f', ...found(inFile) } };
}

function found(marked) {
  const ranges = [];
  let text = '';
  for (const part of marked.split(/([[\]])/)) {
    if (part === '[') ranges.push([[...text].length, 0]);
    else if (part === ']') ranges.at(-1)[1] = [...text].length;
    else text += part;
  }
  return { text, highlights: ranges };
}

function answers({ pathname, searchParams }) {
  if (!pathname.endsWith('/api/search')) return undefined;
  const query = searchParams.get('q') ?? '';
  if (query.includes('busy')) return Response.json({ code: 'unavailable', title: 'Busy' }, { status: 503 });
  const results = query.startsWith('rel') || !query ? FOUND.map(result) : [];
  const documents = results.length ? DOCUMENTS.map(([room, title, passage], n) => ({ room, document: { id: `d${n}`, title: found(title).text }, highlights: found(title).highlights, ...(passage && { passage: found(passage) }) })) : [];
  return Response.json({ results, documents, total: results.length, ...(query.includes('rele ') && { partial: true }) });
}

export function fillsThePage(base = new URL('.', document.baseURI).href) {
  return fillsWithRooms(base, { features: ['search'], answers, states });
}

function states(client, server, page) {
  const types = (text) => {
    const input = page.find('.finder input[type=search]');
    input.value = text;
    input.dispatchEvent(new Event('input'));
  };
  const finished = () => until(() => page.find('.finder[open]:not([data-busy])'));
  const enter = {
    async search() {
      page.find('.search-button').click();
      await until(() => page.find('.finder[open]'));
      types('');
    },
    async 'search-suggestions'() {
      await enter.search();
      types('from:b');
      await until(() => page.all('.proposed li').length > 0);
    },
    async 'search-results'() {
      await enter.search();
      page.find('.finder .narrowed button')?.click();
      types('rele');
      page.find('.finder [data-filter=link]').click();
      await until(() => page.all('.finder .hit').length > 3);
      await finished();
      if (!page.find('.proposed').hidden) page.find('.finder input[type=search]').dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true }));
    },
    async 'search-none'() {
      await enter.search();
      types('zebra');
      await until(() => page.find('.finder .counted').textContent !== '' && !page.all('.finder .hit').length);
    },
    async 'search-error'() {
      await enter.search();
      types('busy now');
      await until(() => page.find('.finder h3').textContent === client.strings.search.problems.unavailable);
    },
  };
  return {
    names: Object.keys(enter),
    async shows(state) {
      await enter[state]();
      await new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted)));
    },
    async leaves() {
      for (const pressed of page.all('.finder [aria-pressed=true]')) pressed.click();
      types('');
      page.find('dialog[open]')?.close();
      page.root.activeElement?.blur();
      await settled();
    },
  };
}
