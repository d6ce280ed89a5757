/** The module that a portal loads. It defines `<parley-chat>`; loading it again does nothing. */
import { ParleyChat } from './element.js';

if (!customElements.get('parley-chat')) customElements.define('parley-chat', ParleyChat);

export { ParleyChat };
