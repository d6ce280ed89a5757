/** What the page loads when an announcement is shown. */
export { Banners } from './announcement/banners.js';
