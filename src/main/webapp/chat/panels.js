/**
 * What the page loads after its first paint, together: panels, dialogs, pickers. It is one file, loaded soon after the first paint: a page
 * that stays open while the server gets a new version, where this file has another name, has it already.
 */
export { Completion } from './composer/completion.js';
export { StatsDialog } from './connection/stats-dialog.js';
export { showEmoji } from './emoji/custom.js';
export { openPicker } from './emoji/picker.js';
export { releaseAll } from './file/bytes.js';
export { fill as fillFiles } from './file/cards.js';
export { FilesPanel } from './file/panel.js';
export { Recorder } from './file/recorder.js';
export { Tray } from './file/tray.js';
export { Usage } from './file/usage.js';
export { Help } from './message/help.js';
export { JumpDate } from './message/jump-date.js';
export { PinsPanel } from './message/pins-panel.js';
export { Switcher } from './message/switcher.js';
export { ThreadPanel } from './message/thread-panel.js';
export { Versions } from './message/versions.js';
export { ReportDialog } from './moderation/report.js';
export { NoticeSettings } from './notify/settings.js';
export { Card } from './people/card.js';
export { ChoosePerson, NewDirect } from './people/new-direct.js';
export { MyData } from './people/my-data.js';
export { Preferences } from './people/preferences.js';
export { fill as fillPreviews } from './preview/cards.js';
export { Browse } from './rooms/browse.js';
export { SectionDialog } from './rooms/section-dialog.js';
export { RoomSettings } from './rooms/settings.js';
export { Search } from './search/search.js';
