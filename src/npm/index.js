/** `@parley/client`: a session without a page. */
import { Connection as OwnConnection } from '../main/webapp/chat/connection.js';
import { Outbox as OwnOutbox } from '../main/webapp/chat/outbox.js';
import { Problem as OwnProblem } from '../main/webapp/chat/problem.js';

export { Session } from './session.js';

/**
 * One connection, for programs that keep their own state.
 *
 * @type {new (options: import('./types.js').ConnectionOptions) => import('./types.js').ConnectionApi}
 */
export const Connection = OwnConnection;

/**
 * Messages on their way, for programs that use a Connection.
 *
 * @type {new (options: import('./types.js').OutboxOptions) => import('./types.js').OutboxApi}
 */
export const Outbox = /** @type {any} */ (OwnOutbox);

/**
 * The class of refusals and failures.
 *
 * @type {new (refusal: { code?: string, message?: string, temporary?: boolean, retryAfter?: number, lost?: boolean }) => import('./types.js').ProblemError}
 */
export const Problem = OwnProblem;

/**
 * @typedef {import('./types.js').AttachedFile} AttachedFile
 * @typedef {import('./types.js').ConnectionState} ConnectionState
 * @typedef {import('./types.js').Member} Member
 * @typedef {import('./types.js').Message} Message
 * @typedef {import('./types.js').ParleyState} ParleyState
 * @typedef {import('./types.js').Person} Person
 * @typedef {import('./types.js').PostOptions} PostOptions
 * @typedef {import('./types.js').ProblemError} ProblemError
 * @typedef {import('./types.js').Reaction} Reaction
 * @typedef {import('./types.js').Role} Role
 * @typedef {import('./types.js').RoomKind} RoomKind
 * @typedef {import('./types.js').RoomState} RoomState
 * @typedef {import('./types.js').RoomSummary} RoomSummary
 * @typedef {import('./types.js').SearchOptions} SearchOptions
 * @typedef {import('./types.js').Passage} Passage
 * @typedef {import('./types.js').SearchPage} SearchPage
 * @typedef {import('./types.js').SessionEvents} SessionEvents
 * @typedef {import('./types.js').SessionOptions} SessionOptions
 * @typedef {import('./types.js').SessionStats} SessionStats
 * @typedef {import('./types.js').TokenProvider} TokenProvider
 * @typedef {import('./types.js').UnsentMessage} UnsentMessage
 * @typedef {import('./types.js').UploadOptions} UploadOptions
 * @typedef {import('./types.js').User} User
 */
