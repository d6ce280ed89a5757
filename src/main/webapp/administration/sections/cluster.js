/** The instances with their connections, the broker, the leases, and who is connected to the instance that answers. */
import { h } from '../../chat/view/dom.js';
import { badge, block, code, facts, number, time, to } from '../view/parts.js';
import { table } from '../view/table.js';

export const words = {
  en: {
    instance: 'Answered by', broker: 'Broker', connected: 'Connected', disconnected: 'Not connected', none: 'Works without a broker', others: 'Other instances heard of', troubles: 'Troubles', fine: 'None',
    instances: 'Instances', name: 'Name', version: 'Version', state: 'State', running: 'Running', stopped: 'Stopped', started: 'Started', seen: 'Last sign of life', connections: 'Connections',
    of: (kind, connections, people) => `${kind}: ${connections} (people: ${people})`, people: 'Connected to this instance', person: 'Person', leases: 'Work for all instances', task: 'Task', node: 'Instance', ends: 'Lease ends', nobody: 'none',
    noPeople: 'Nobody is connected.',
  },
  de: {
    instance: 'Antwort von', broker: 'Broker', connected: 'Verbunden', disconnected: 'Nicht verbunden', none: 'Arbeitet ohne Broker', others: 'Andere bekannte Instanzen', troubles: 'Störungen', fine: 'Keine',
    instances: 'Instanzen', name: 'Name', version: 'Version', state: 'Zustand', running: 'Läuft', stopped: 'Beendet', started: 'Gestartet', seen: 'Letztes Lebenszeichen', connections: 'Verbindungen',
    of: (kind, connections, people) => `${kind}: ${connections} (Personen: ${people})`, people: 'Mit dieser Instanz verbunden', person: 'Person', leases: 'Arbeit für alle Instanzen', task: 'Aufgabe', node: 'Instanz', ends: 'Ende der Zuteilung', nobody: 'keine',
    noPeople: 'Niemand ist verbunden.',
  },
};

const PAGE = 50;

export async function show(area, { server, words }) {
  const { instance, instances, leases, broker, troubles } = await server.get('cluster');
  const stateOfBroker = () => (broker ? badge(broker.connected ? words.connected : words.disconnected, broker.connected ? 'good' : 'bad') : words.none);
  area.append(
    facts([
      [words.instance, code(instance)],
      [words.broker, stateOfBroker()],
      [words.others, broker && number(broker.others)],
      [words.troubles, troubles.length ? badge(troubles.join(' · '), 'bad') : words.fine],
    ]),
    block(words.instances, table({
      label: words.instances,
      columns: [
        [words.name, ({ name }) => name],
        [words.version, ({ version }) => code(version)],
        [words.state, ({ running }) => (running ? badge(words.running, 'good') : badge(words.stopped))],
        [words.connections, ({ connections }) => h('div', {}, connections.map(({ kind, connections, people }) => h('p', {}, words.of(kind, number(connections), number(people)))))],
        [words.started, ({ started }) => time(started)],
        [words.seen, ({ seen }) => time(seen)],
      ],
      load: async () => ({ rows: instances }),
    }).node),
    block(words.people, table({
      label: words.people,
      columns: [
        [words.person, ({ user }) => to('people', { user: user.id }, user.name)],
        [words.connections, ({ connections }) => Object.entries(connections).map(([kind, n]) => `${kind}: ${number(n)}`).join(', ')],
      ],
      load: async (filter, after) => {
        const { people, more } = await server.get('connections', { after, limit: PAGE });
        return { rows: people, next: more ? people.at(-1).user.id : undefined };
      },
      empty: words.noPeople,
    }).node),
    block(words.leases, table({
      label: words.leases,
      columns: [
        [words.task, ({ task }) => task],
        [words.node, ({ node }) => node ?? words.nobody],
        [words.ends, ({ node, ends }) => node && time(ends)],
      ],
      load: async () => ({ rows: leases }),
    }).node),
  );
}
