/** How much the installation is used, each day. Charts show what the table has. */
import { h } from '../../chat/view/dom.js';
import { block, number } from '../view/parts.js';
import { table } from '../view/table.js';

export const words = {
  en: {
    about: (n) => `Each day is counted once, after it is over in UTC. A day with fewer than ${n} active people is absent, and nothing here is about one person. Reading this is an audit event.`,
    date: 'Day', people: 'Active people', messages: 'Messages', rooms: 'Active rooms', answers: 'Answers', delay: 'Median time to an answer',
    chart: (name, from, until, least, most) => `${name} from ${from} to ${until}: between ${least} and ${most} a day. The table below has all numbers.`,
    tooFew: 'too few people', numbers: 'Numbers', empty: 'No day has been counted yet, or too few people were active.',
  },
  de: {
    about: (n) => `Jeder Tag wird einmal gezählt, nachdem er in UTC vorbei ist. Ein Tag mit weniger als ${n} aktiven Personen fehlt, und nichts hier handelt von einer einzelnen Person. Das Lesen wird protokolliert.`,
    date: 'Tag', people: 'Aktive Personen', messages: 'Nachrichten', rooms: 'Aktive Räume', answers: 'Antworten', delay: 'Mittlere Zeit bis zur Antwort (Median)',
    chart: (name, from, until, least, most) => `${name} vom ${from} bis zum ${until}: zwischen ${least} und ${most} am Tag. Alle Zahlen stehen in der Tabelle darunter.`,
    tooFew: 'zu wenige Personen', numbers: 'Zahlen', empty: 'Noch wurde kein Tag gezählt, oder zu wenige Personen waren aktiv.',
  },
};

const DAY = 86_400_000;
const CHART_DAYS = 90;
const LEAST_DAYS = 30;
const HEIGHT = 80;
const BAR = 8;
const PAGE = 100;

export async function show(area, { server, words, language }) {
  const { smallestGroup, days } = await server.get('analytics');
  area.append(h('p', { class: 'lead' }, words.about(number(smallestGroup))));
  const date = (day) => new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(day));
  const delay = ({ answerSeconds }) => (answerSeconds === undefined ? words.tooFew : duration(answerSeconds, language));
  const charts = [
    [words.people, ({ people }) => people, ({ people }) => number(people)],
    [words.messages, ({ messages }) => messages, ({ messages }) => number(messages)],
    [words.delay, ({ answerSeconds }) => answerSeconds, delay],
  ];
  if (days.length > 1) area.append(...charts.map(([name, value, text]) => block(name, chart(name, days, { value, text, date, words }))));
  const newest = [...days].reverse();
  area.append(block(words.numbers, table({
    label: words.numbers,
    columns: [
      [words.date, ({ date: day }) => h('time', { datetime: day }, date(day))],
      [words.people, ({ people }) => number(people)],
      [words.messages, ({ messages }) => number(messages)],
      [words.rooms, ({ rooms }) => number(rooms)],
      [words.answers, ({ answers }) => (answers === undefined ? words.tooFew : number(answers))],
      [words.delay, delay],
    ],
    load: async (_, after = 0) => ({ rows: newest.slice(+after, +after + PAGE), next: newest.length > +after + PAGE ? +after + PAGE : undefined }),
    empty: words.empty,
  }).node));
}

/** Bars at the place of their day; an absent day is a gap. */
function chart(name, days, { value, text, date, words }) {
  const last = Date.parse(days.at(-1).date);
  const known = days.filter((day) => value(day) !== undefined && last - Date.parse(day.date) < CHART_DAYS * DAY);
  if (!known.length) return h('p', {}, words.tooFew);
  // Few days are no wider than those of a month.
  const first = Math.min(Date.parse(known[0].date), last - (LEAST_DAYS - 1) * DAY);
  const most = Math.max(1, ...known.map(value));
  const [low, high] = [known.reduce((a, b) => (value(b) < value(a) ? b : a)), known.reduce((a, b) => (value(b) > value(a) ? b : a))];
  const width = ((last - first) / DAY + 1) * BAR;
  const label = words.chart(name, date(known[0].date), date(known.at(-1).date), text(low), text(high));
  const bars = known.map((day) => {
    const height = Math.max(1, Math.round((value(day) / most) * HEIGHT));
    return svg('rect', { x: ((Date.parse(day.date) - first) / DAY) * BAR, y: HEIGHT - height, width: BAR - 2, height, rx: 1 }, svg('title', {}, `${date(day.date)}: ${text(day)}`));
  });
  return h('div', {}, svg('svg', { role: 'img', 'aria-label': label, viewBox: `0 0 ${width} ${HEIGHT}`, width: '100%', height: HEIGHT * 1.5, preserveAspectRatio: 'none', fill: 'currentColor' }, ...bars), h('p', { class: 'hint' }, `${date(known[0].date)} – ${date(known.at(-1).date)} · ${text(low)} – ${text(high)}`));
}

function svg(name, attributes, ...children) {
  const node = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, one] of Object.entries(attributes)) node.setAttribute(key, String(one));
  node.append(...children);
  return node;
}

function duration(seconds, language) {
  const [unit, divisor] = seconds < 120 ? ['second', 1] : seconds < 7_200 ? ['minute', 60] : ['hour', 3_600];
  return new Intl.NumberFormat(language, { style: 'unit', unit: /** @type {string} */ (unit), maximumFractionDigits: 0 }).format(seconds / +divisor);
}
