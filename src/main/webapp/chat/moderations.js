/** What the page loads when an owner or moderator looks at reports, waiting messages or rules of a room. */
export { ModerationDialog } from './moderation/dialog.js';
