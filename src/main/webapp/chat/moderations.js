/** What the page loads when an owner or moderator looks at the rules of a room, or at messages that wait for approval. */
export { ModerationDialog } from './moderation/dialog.js';
