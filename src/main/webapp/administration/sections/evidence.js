/** Evidence that the logs were not changed: how far it is, the public keys, and the published roots. */
import { h } from '../../chat/view/dom.js';
import { badge, bar, block, button, code, facts, number, time } from '../view/parts.js';
import { confirm, secret } from '../view/forms.js';
import { sentence } from '../view/problem.js';
import { table } from '../view/table.js';

export const words = {
  en: {
    about: 'Each room’s log carries a chain of hashes. A signed root of all chains is published in the server log, here, and over JMS if it is configured. Roots that are kept outside of this system show later that nobody changed the logs.',
    state: 'State', on: 'On', off: 'Off', waiting: 'Waits for instances of an earlier version', behind: 'Not sealed yet', complete: 'Nothing', of: (events, rooms) => `Events: ${events} · rooms: ${rooms}`, last: 'Last root', none: 'None yet',
    publish: 'Publish a root now', published: (n) => `Root ${n} is published.`, download: 'Download roots', update: 'Refresh',
    keys: 'Keys', key: 'Key', since: 'Since', use: 'Use', used: 'In use', former: 'Former', show: 'Public key', publicKey: 'Public key', publicAbout: 'Ed25519, as X.509 encodes it, in Base64. Write it down outside of this system: the verifier compares the roots with it.',
    change: 'Change the key', changeAbout: 'Later roots are signed by a new key, which the present one endorses.', changed: 'The key is changed.',
    roots: 'Roots', number: 'Number', at: 'Published', text: 'Line and signature', textAbout: 'As it was published in the server log. The hash after the number of rooms stands for their chains.', empty: 'No root has been published yet.', noKeys: 'The first root makes the first key.',
  },
  de: {
    about: 'Das Log jedes Raums trägt eine Kette von Hashes. Eine signierte Wurzel aller Ketten wird im Server-Log, hier und, falls eingerichtet, über JMS veröffentlicht. Wurzeln, die außerhalb dieses Systems aufbewahrt werden, zeigen später, dass niemand die Logs geändert hat.',
    state: 'Zustand', on: 'An', off: 'Aus', waiting: 'Wartet auf Instanzen einer früheren Version', behind: 'Noch nicht versiegelt', complete: 'Nichts', of: (events, rooms) => `Ereignisse: ${events} · Räume: ${rooms}`, last: 'Letzte Wurzel', none: 'Noch keine',
    publish: 'Jetzt eine Wurzel veröffentlichen', published: (n) => `Wurzel ${n} ist veröffentlicht.`, download: 'Wurzeln herunterladen', update: 'Aktualisieren',
    keys: 'Schlüssel', key: 'Schlüssel', since: 'Seit', use: 'Verwendung', used: 'In Gebrauch', former: 'Früher', show: 'Öffentlicher Schlüssel', publicKey: 'Öffentlicher Schlüssel', publicAbout: 'Ed25519, kodiert nach X.509, in Base64. Notieren Sie ihn außerhalb dieses Systems: Das Prüfprogramm vergleicht die Wurzeln damit.',
    change: 'Schlüssel wechseln', changeAbout: 'Spätere Wurzeln werden mit einem neuen Schlüssel signiert, den der jetzige bestätigt.', changed: 'Der Schlüssel ist gewechselt.',
    roots: 'Wurzeln', number: 'Nummer', at: 'Veröffentlicht', text: 'Zeile und Signatur', textAbout: 'Wie sie im Server-Log veröffentlicht wurde. Der Hash nach der Anzahl der Räume steht für deren Ketten.', empty: 'Noch wurde keine Wurzel veröffentlicht.', noKeys: 'Die erste Wurzel erzeugt den ersten Schlüssel.',
  },
};

const PAGE = 1_000;
/** A download has at most so many pages of roots: those of eleven years, if one is published each hour. */
const MOST_PAGES = 100;

export async function show(area, { server, words, say, reload }) {
  const { on, waiting, roomsBehind, eventsBehind, last, keys } = await server.get('evidence');
  const state = waiting ? badge(words.waiting, 'warn') : on ? badge(words.on, 'good') : badge(words.off);
  area.append(
    h('p', { class: 'lead' }, words.about),
    facts([
      [words.state, state],
      [words.behind, eventsBehind ? words.of(number(eventsBehind), number(roomsBehind)) : words.complete],
      [words.last, last ? h('span', {}, `${number(last.number)}, `, time(last.at)) : words.none],
    ]),
    bar(button(words.publish, publish, 'primary'), button(words.download, download), button(words.update, reload)),
    block(words.keys, table({
      label: words.keys,
      columns: [
        [words.key, ({ id }) => code(id)],
        [words.since, ({ at }) => time(at)],
        [words.use, ({ id }) => (id === keys[0].id ? badge(words.used, 'good') : badge(words.former))],
      ],
      actions: ({ publicKey }) => [button(words.show, () => secret(words.publicKey, words.publicAbout, publicKey))],
      load: async () => ({ rows: keys }),
      empty: words.noKeys,
    }).node, bar(button(words.change, change, 'grave'))),
    block(words.roots, table({
      label: words.roots,
      columns: [
        [words.number, (root) => number(root.number)],
        [words.at, ({ at }) => time(at)],
        [words.key, ({ text }) => code(text.split(' ').at(-2))],
      ],
      actions: ({ text }) => [button(words.text, () => secret(words.text, words.textAbout, text))],
      load: newest,
      empty: words.empty,
    }).node),
  );

  // The server lists roots in their order; the page shows the last ones first.
  async function newest(_, before = (last?.number ?? 0) + 1) {
    const size = 50;
    const after = Math.max(0, before - 1 - size);
    const { roots } = await server.get('evidence/roots', { after, limit: size });
    return { rows: roots.filter((root) => root.number < before).reverse(), next: after > 0 ? after + 1 : undefined };
  }

  async function publish() {
    try {
      const root = await server.post('evidence/roots');
      say(words.published(number(root.number)));
      reload();
    } catch (problem) {
      say(sentence(problem));
    }
  }

  async function change() {
    if (!(await confirm(words.change, words.changeAbout, words.change, () => server.post('evidence/keys')))) return;
    say(words.changed);
    reload();
  }

  async function download() {
    try {
      const lines = [];
      for (let after = 0, more = true, pages = 0; more && pages < MOST_PAGES; pages += 1) {
        const page = await server.get('evidence/roots', { after, limit: PAGE });
        lines.push(...page.roots.map(({ text }) => text));
        after = page.roots.at(-1)?.number ?? after;
        more = page.more;
      }
      const link = h('a', { href: URL.createObjectURL(new Blob([`${lines.join('\n')}\n`], { type: 'text/plain' })), download: 'parley-roots.txt' });
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    } catch (problem) {
      say(sentence(problem));
    }
  }
}
