/** The page of the contract: it draws the two documents. Texts become text nodes only. */
import { fields, nameOf, requests, resolve, type } from './describe.js';

const FRAMES = 'asyncapi.json';
const REQUESTS = 'openapi.json';
const documents = {};

const main = document.getElementById('contract');
const sections = document.getElementById('sections');
const filter = document.getElementById('filter');
const count = document.getElementById('count');

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

const idOf = (kind, name) => `${kind}-${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}`;

function typeText(pieces) {
  return pieces.map(({ text, schema }) => (schema ? element('a', { href: `#${idOf('schema', schema)}` }, text) : text));
}

function table(caption, rows) {
  if (rows.length === 0) return [];
  const head = element('tr', {}, ...['Name', 'Type', 'Meaning'].map((text) => element('th', { scope: 'col' }, text)));
  const body = rows.map(({ name, required, type: pieces, description }) =>
    element('tr', {},
      element('th', { scope: 'row' }, element('code', {}, name), ...(required ? [] : [' ', element('small', {}, 'optional')])),
      element('td', {}, ...typeText(pieces)),
      element('td', {}, description)));
  const scroller = element('div', { class: 'scroller', tabindex: '0', role: 'region', 'aria-label': caption },
    element('table', {}, element('caption', {}, caption), element('thead', {}, head), element('tbody', {}, ...body)));
  return [scroller];
}

function entry(kind, name, summary, ...details) {
  return element('article', { id: idOf(kind, name), 'data-name': name.toLowerCase() },
    element('h3', {}, element('a', { href: `#${idOf(kind, name)}` }, element('code', {}, name))),
    ...(summary ? [element('p', {}, summary)] : []), ...details);
}

function section(title, lead, entries) {
  const id = idOf('section', title);
  sections.append(element('a', { href: `#${id}` }, title));
  main.append(element('section', { id }, element('h2', {}, title), ...(lead ? [element('p', {}, lead)] : []), ...entries));
}

function link(kind, name) {
  return element('a', { href: `#${idOf(kind, name)}` }, element('code', {}, name));
}

function listed(label, links) {
  return links.length === 0 ? [] : [element('p', {}, `${label} `, ...links.flatMap((one, i) => (i ? [', ', one] : [one])))];
}

function channel(name, kind, title) {
  const { description, messages } = documents[FRAMES].channels[name];
  section(title, description, Object.entries(messages).map(([message, { summary, payload }]) => {
    const replies = name === 'commands' ? documents[FRAMES].operations[message].reply.messages : [];
    return entry(kind, message, summary, ...table('Fields', fields(documents, FRAMES, payload)),
      ...listed('Replies:', replies.map(({ $ref }) => link('reply', nameOf($ref)))));
  }));
}

function answers(operation) {
  const rows = Object.entries(operation.responses).map(([status, response]) => {
    const { description, content } = resolve(documents, REQUESTS, response);
    const media = Object.entries(content ?? {})[0];
    return { name: status === 'default' ? 'otherwise' : status, required: true, description, type: media ? type(documents, REQUESTS, media[1].schema) : [{ text: 'no body' }] };
  });
  const inner = Object.values(operation.responses).flatMap((response) => Object.values(resolve(documents, REQUESTS, response).content ?? {}))
    .filter(({ schema }) => schema.properties).flatMap(({ schema }) => fields(documents, REQUESTS, schema));
  return [...table('Answers', rows), ...table('Fields of the answer', inner)];
}

function request({ name, operation, parameters }) {
  const rows = parameters.map((one) => ({ name: one.name, required: Boolean(one.required), type: type(documents, REQUESTS, one.schema), description: one.description ?? `in the ${one.in}` }));
  const content = Object.values(resolve(documents, REQUESTS, operation.requestBody)?.content ?? {})[0];
  return entry('request', name, operation.summary, ...table('Parameters', rows),
    ...table('Body', content ? fields(documents, REQUESTS, content.schema) : []), ...answers(operation));
}

function schemas() {
  return [FRAMES, REQUESTS].flatMap((home) => Object.entries(documents[home].components.schemas)
    .filter(([, schema]) => schema.properties)
    .map(([name, schema]) => entry('schema', name, schema.description, ...table('Fields', fields(documents, home, schema)))));
}

function draw() {
  channel('commands', 'command', 'Commands');
  channel('replies', 'reply', 'Replies');
  channel('events', 'event', 'Events');
  section('Close codes', 'Why the server ends a connection. 4000 to 4099: do not reconnect. 4100 to 4199: back off. 4200 to 4299: reconnect at once.',
    [element('ul', { class: 'codes' }, ...documents[FRAMES]['x-close-codes'].map(({ code, meaning, client }) =>
      element('li', {}, element('code', {}, String(code)), ` ${meaning} `, element('small', {}, client))))]);
  channel('push', 'push', 'Web Push');
  const all = requests(documents);
  for (const { name } of documents[REQUESTS].tags) {
    section(name === 'Rooms' ? 'Requests: rooms' : `Requests: ${name.toLowerCase()}`, '', all.filter(({ operation }) => operation.tags.includes(name)).map(request));
  }
  section('Schemas', 'Objects that several frames and answers share.', schemas());
}

function applyFilter() {
  const wanted = filter.value.trim().toLowerCase();
  let shown = 0;
  for (const article of main.querySelectorAll('article')) {
    article.hidden = !article.dataset.name.includes(wanted);
    shown += article.hidden ? 0 : 1;
  }
  for (const one of main.querySelectorAll('section')) {
    one.hidden = wanted !== '' && !one.querySelector('article:not([hidden])');
  }
  count.textContent = wanted ? `${shown} found` : '';
}

async function load() {
  const state = document.getElementById('state');
  try {
    await Promise.all([FRAMES, REQUESTS].map(async (name) => {
      const response = await fetch(name);
      if (!response.ok) throw new Error(`${name}: ${response.status}`);
      documents[name] = await response.json();
    }));
  } catch (failed) {
    state.textContent = `The contract could not be loaded (${failed.message}). Reload the page to try again.`;
    main.removeAttribute('aria-busy');
    return;
  }
  state.remove();
  draw();
  main.removeAttribute('aria-busy');
  filter.disabled = false;
  filter.addEventListener('input', applyFilter);
  document.getElementById(location.hash.slice(1))?.scrollIntoView();
}

load();
