/** The banners above the conversation, one for each announcement. Screen readers say a new one when they are idle. */
import { arrange, h, icon, sheetOf } from '../view/dom.js';
import { announcementStyles } from './sheet.js';
import { announcementWords } from './words.js';

const addStyles = sheetOf(announcementStyles);

export class Banners {
  #dismiss;
  /** @type {Map<any, HTMLElement>} */
  #banners = new Map();

  /** @param {(id: string) => void} dismiss */
  constructor(dismiss) {
    this.#dismiss = dismiss;
    this.node = h('section', { class: 'announcements', role: 'status', 'aria-label': announcementWords().announcements, hidden: true });
  }

  /** The styles must be there before the first banner is shown. */
  styled() {
    return addStyles(this.node);
  }

  /** @param {import('../types.d.ts').Announcement[]} list */
  update(list) {
    for (const [one] of this.#banners) if (!list.includes(one)) this.#banners.delete(one);
    for (const one of list) if (!this.#banners.has(one)) this.#banners.set(one, this.#banner(one));
    this.node.hidden = list.length === 0;
    arrange(this.node, list.map((one) => this.#banners.get(one)));
  }

  /** @param {import('../types.d.ts').Announcement} announcement */
  #banner({ id, kind, text, link, dismissible }) {
    const words = announcementWords();
    const more = link && safe(link);
    return h('article', { class: 'announcement', 'data-kind': kind },
      h('p', {}, h('strong', {}, words.kinds[kind] ?? words.kinds.info), ' ', h('bdi', { dir: 'auto' }, text), more ? ' ' : null,
        more ? h('a', { href: more, target: '_blank', rel: 'noopener noreferrer', 'aria-label': words.detailsOf(text) }, words.details) : null),
      dismissible ? h('button', { type: 'button', class: 'round', 'aria-label': words.dismissThis(text), title: words.dismiss, on: { click: () => this.#dismiss(id) } }, icon('close')) : null,
    );
  }
}

/** Only https: the text of another person is never an address of another kind. */
function safe(link) {
  return URL.canParse(link) && new URL(link).protocol === 'https:' ? link : null;
}
