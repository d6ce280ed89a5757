/** The module that a portal loads. It defines `<parley-chat>`; loading it again does nothing. */
import { ParleyChat } from './element.js';
import { choose } from './language/choice.js';

if (!customElements.get('parley-chat')) customElements.define('parley-chat', ParleyChat);

export { ParleyChat, choose };
