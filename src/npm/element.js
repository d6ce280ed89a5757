/** `@parley/client/element`: importing it defines `<parley-chat>`. */
import { ParleyChat as Chat } from '../main/webapp/chat/parley-chat.js';

/**
 * What `<parley-chat>` adds to an element.
 *
 * @typedef {object} ChatApi
 * @property {import('./types.js').TokenProvider | null | undefined} tokenProvider gives the person's token; null signs out
 * @property {number} unsent how many of the person's messages the server has not confirmed yet
 * @property {import('./types.js').SessionStats | null} stats counters and times of the session; null while nobody is signed in
 * @property {(room: string) => void} open shows a room, now or once a person is signed in
 */

/** @typedef {HTMLElement & ChatApi} ParleyChatElement */

/**
 * The class of `<parley-chat>`.
 *
 * @type {new () => ParleyChatElement}
 */
export const ParleyChat = Chat;
