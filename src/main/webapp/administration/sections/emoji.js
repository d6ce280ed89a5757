/** Custom emoji: pictures that everyone writes as `:name:`. */
import { h } from '../../chat/view/dom.js';
import { ask, confirm, field } from '../view/forms.js';
import { bar, button, code, time } from '../view/parts.js';
import { table } from '../view/table.js';
import { part } from '../server.js';

export const words = {
  en: {
    about: 'Everyone writes these pictures as :name: in messages, and reacts with them. At most 500.',
    add: 'Add an emoji', picture: 'Picture', pictureHint: 'PNG, GIF or WebP, at most 256 KB. It is shown small; of an animation, only the first picture.',
    name: 'Name', nameHint: '2 to 32 of a-z, 0-9, _, + and -', by: 'Added by', written: 'Written as',
    delete: 'Delete', deleteAbout: (name) => `Messages and reactions show ${name} as text from now on.`, added: 'Added.', deleted: 'Deleted.', empty: 'There are no custom emoji.',
    problems: { conflict: 'An emoji has this name already, or there are 500.', bad_request: 'Check the name, and that the file is a PNG, GIF or WebP picture of at most 1,024 by 1,024 pixels.', too_large: 'The picture has more than 256 KB.' },
  },
  de: {
    about: 'Alle schreiben diese Bilder als :name: in Nachrichten und reagieren damit. Höchstens 500.',
    add: 'Emoji hinzufügen', picture: 'Bild', pictureHint: 'PNG, GIF oder WebP, höchstens 256 KB. Es wird klein gezeigt; von einer Animation nur das erste Bild.',
    name: 'Name', nameHint: '2 bis 32 Zeichen: a-z, 0-9, _, + und -', by: 'Hinzugefügt durch', written: 'So schreibt man es',
    delete: 'Löschen', deleteAbout: (name) => `Nachrichten und Reaktionen zeigen ${name} ab jetzt als Text.`, added: 'Hinzugefügt.', deleted: 'Gelöscht.', empty: 'Es gibt keine eigenen Emojis.',
    problems: { conflict: 'Ein Emoji hat diesen Namen schon, oder es gibt schon 500.', bad_request: 'Prüfen Sie den Namen, und ob die Datei ein PNG-, GIF- oder WebP-Bild mit höchstens 1.024 mal 1.024 Pixeln ist.', too_large: 'Das Bild hat mehr als 256 KB.' },
  },
};

const PAGE = 50;
const LONGEST_NAME = 32;

export function show(area, { server, words, say }) {
  /** @type {any[]} */
  let all = [];
  const list = table({
    label: words.name,
    columns: [
      [words.written, ({ name }) => code(`:${name}:`)],
      [words.picture, ({ name, picture }) => pictureOf(server, name, picture)],
      [words.by, ({ by, created }) => h('div', {}, h('p', {}, by), time(created))],
    ],
    actions: ({ name }) => [button(words.delete, () => remove(name), 'grave')],
    load: async (filter, from = 0) => {
      if (!from) all = (await server.get('../emoji')).emoji;
      const next = Number(from) + PAGE;
      return { rows: all.slice(Number(from), next), next: next < all.length ? next : undefined };
    },
    empty: words.empty,
  });

  async function remove(name) {
    if (!(await confirm(words.delete, words.deleteAbout(`:${name}:`), words.delete, () => server.del(`emoji/${part(name)}`)))) return;
    say(words.deleted);
    await list.reload();
  }

  async function add() {
    const picture = field({ name: 'picture', label: words.picture, type: 'file', hint: words.pictureHint, required: true, accept: 'image/png,image/gif,image/webp' });
    const name = field({ name: 'name', label: words.name, hint: words.nameHint, required: true, maxlength: LONGEST_NAME, minlength: 2, pattern: '[a-z0-9_+\\-]{2,32}' });
    const file = () => picture.querySelector('input').files[0];
    picture.addEventListener('change', () => {
      const input = name.querySelector('input');
      if (!input.value && file()) input.value = nameOf(file().name);
    });
    const added = await ask({ title: words.add, submit: words.add, fields: [picture, name], problems: words.problems }, (chosen) => server.upload(`emoji/${part(chosen.name)}`, file()));
    if (!added) return;
    say(words.added);
    await list.reload();
  }

  area.append(h('p', { class: 'lead' }, words.about), bar(button(words.add, add, 'primary')), list.node);
}

/** A name that the file's name suggests. */
export function nameOf(file) {
  return file.toLowerCase().replace(/\.[a-z]+$/, '').replaceAll(/[^a-z0-9_+-]+/g, '_').replaceAll(/^_+|_+$/g, '').slice(0, LONGEST_NAME);
}

/** Nothing but a token gets the picture, so it can't be an address. */
function pictureOf(server, name, id) {
  const image = h('img', { class: 'emoji', alt: `:${name}:` });
  server.blob(`../emoji/${part(id)}`).then((blob) => {
    image.src = URL.createObjectURL(blob);
    image.decode().catch(() => {}).then(() => URL.revokeObjectURL(image.src));
  }, () => {});
  return image;
}
