/** Everything that draws: loaded beside the connection, which needs no view to begin. */
export { App } from './view/app.js';
export { styleSheets } from './view/sheet.js';
