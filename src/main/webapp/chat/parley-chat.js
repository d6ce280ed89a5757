/** The one module that a portal loads: it defines `<parley-chat>`. Loading it twice must do nothing the second time. */
import { ParleyChat } from './element.js';

if (!customElements.get('parley-chat')) customElements.define('parley-chat', ParleyChat);

export { ParleyChat };
