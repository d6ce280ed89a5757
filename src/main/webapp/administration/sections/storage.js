/** The tables of the database, as it estimates them, and the files of rooms. */
import { h } from '../../chat/view/dom.js';
import { block, code, number, size, to } from '../view/parts.js';
import { table } from '../view/table.js';

export const words = {
  en: { database: 'Database', databaseAbout: 'Estimates of the database, with indexes. The largest tables first.', name: 'Table', rows: 'Rows', bytes: 'Size', files: 'Files by room', room: 'Room', count: 'Files', empty: 'There are no rooms.' },
  de: { database: 'Datenbank', databaseAbout: 'Schätzungen der Datenbank, mit Indizes. Die größten Tabellen zuerst.', name: 'Tabelle', rows: 'Zeilen', bytes: 'Größe', files: 'Dateien nach Raum', room: 'Raum', count: 'Dateien', empty: 'Es gibt keine Räume.' },
};

const PAGE = 100;

export async function show(area, { server, words }) {
  const { tables } = await server.get('storage');
  area.append(
    block(words.files, table({
      label: words.files,
      columns: [
        [words.room, ({ id, name }) => to('rooms', { query: id }, name ?? id)],
        [words.count, ({ files }) => number(files)],
        [words.bytes, ({ bytes }) => size(bytes)],
      ],
      load: async (filter, after) => {
        const { rooms, more } = await server.get('rooms', { after, limit: PAGE });
        return { rows: rooms, next: more ? rooms.at(-1).id : undefined };
      },
      empty: words.empty,
    }).node),
    block(words.database, h('p', { class: 'lead' }, words.databaseAbout), table({
      label: words.database,
      columns: [
        [words.name, ({ name }) => code(name)],
        [words.rows, ({ rows }) => rows !== undefined && number(rows)],
        [words.bytes, ({ bytes }) => bytes !== undefined && size(bytes)],
      ],
      load: async () => ({ rows: tables }),
    }).node),
  );
}
