/** What the page loads when a person sends something later, asks to be reminded, or looks at what waits. */
export { ScheduleAccess } from './schedule/access.js';
export { ChangeDialog, LaterDialog, RemindDialog } from './schedule/dialogs.js';
export { ScheduleList } from './schedule/list.js';
export { remindOf } from './schedule/remind.js';
export { scheduleWords } from './schedule/words.js';
