/** Features that administrators switch off and on again while the installation runs. */
import { h } from '../../chat/view/dom.js';
import { confirm } from '../view/forms.js';
import { badge, button, code, time } from '../view/parts.js';
import { table } from '../view/table.js';
import { part } from '../server.js';

export const words = {
  en: {
    about: 'A feature that you switch off disappears from every page within seconds. What it stored stays, and is back when you switch it on again.',
    feature: 'Feature', state: 'State', on: 'On', off: 'Off', changed: 'Switched off', by: (who) => `by ${who}`,
    setting: 'Setting', bySetting: (setting) => `The setting ${setting} switches it off. Only a restart with another setting changes that.`,
    switchOff: 'Switch off', switchOn: 'Switch on', offAbout: (name) => `${name}: nobody can use this until you switch it on again. Nothing is deleted.`,
    isOff: 'Switched off.', isOn: 'Switched on.',
    names: { edit: 'Editing and deleting messages', reactions: 'Reactions', threads: 'Threads', pins: 'Pins', read: 'Read markers and receipts', direct: 'Direct conversations', people: 'Directory and profiles', files: 'Files and pictures', search: 'Search', notifications: 'Notifications, push and mail', previews: 'Link previews', documents: 'Documents', calls: 'Calls', hooks: 'Webhooks and JMS', schedule: 'Scheduled messages and reminders' },
  },
  de: {
    about: 'Eine Funktion, die Sie ausschalten, verschwindet in Sekunden von allen Seiten. Was sie gespeichert hat, bleibt und ist nach dem Einschalten wieder da.',
    feature: 'Funktion', state: 'Zustand', on: 'An', off: 'Aus', changed: 'Ausgeschaltet', by: (who) => `durch ${who}`,
    setting: 'Einstellung', bySetting: (setting) => `Die Einstellung ${setting} schaltet sie aus. Nur ein Neustart mit anderer Einstellung ändert das.`,
    switchOff: 'Ausschalten', switchOn: 'Einschalten', offAbout: (name) => `${name}: Niemand kann das nutzen, bis Sie es wieder einschalten. Nichts wird gelöscht.`,
    isOff: 'Ausgeschaltet.', isOn: 'Eingeschaltet.',
    names: { edit: 'Nachrichten ändern und löschen', reactions: 'Reaktionen', threads: 'Threads', pins: 'Angeheftete Nachrichten', read: 'Gelesen-Markierungen', direct: 'Direktgespräche', people: 'Verzeichnis und Profile', files: 'Dateien und Bilder', search: 'Suche', notifications: 'Benachrichtigungen, Push und Mail', previews: 'Linkvorschauen', documents: 'Dokumente', calls: 'Anrufe', hooks: 'Webhooks und JMS', schedule: 'Geplante Nachrichten und Erinnerungen' },
  },
};

export function show(area, { server, words, say }) {
  const nameOf = ({ name }) => words.names[name] ?? name;
  const list = table({
    label: words.feature,
    columns: [
      [words.feature, (feature) => nameOf(feature)],
      [words.state, ({ on, allowed, setting }) => h('div', {}, badge(on ? words.on : words.off, on ? 'good' : allowed ? 'warn' : ''), !allowed && h('p', { class: 'hint' }, words.bySetting(setting)))],
      [words.changed, ({ by, at }) => by && h('div', {}, h('p', {}, words.by(by)), time(at))],
      [words.setting, ({ setting }) => code(setting)],
    ],
    actions: (feature) => (!feature.allowed ? [] : feature.on ? [button(words.switchOff, () => off(feature), 'grave')] : [button(words.switchOn, () => on(feature))]),
    load: async () => ({ rows: (await server.get('features')).features }),
  });

  const change = (feature, on) => server.put(`features/${part(feature.name)}`, { on });

  async function off(feature) {
    if (!(await confirm(words.switchOff, words.offAbout(nameOf(feature)), words.switchOff, () => change(feature, false)))) return;
    say(words.isOff);
    await list.reload();
  }

  async function on(feature) {
    try {
      await change(feature, true);
      say(words.isOn);
    } catch (problem) {
      say(problem.code === 'conflict' ? words.bySetting(feature.setting) : problem.message);
    }
    await list.reload();
  }

  area.append(h('p', { class: 'lead' }, words.about), list.node);
}
