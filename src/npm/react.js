/** `@parley/client/react`: hooks and a component for React 18 or newer. */
import { createElement, useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { attributesOf, listen, loadChat } from './chat.js';
import { actionsOf } from './room.js';
import { Session } from './session.js';

/**
 * A session for the life of the component: it connects when the component is mounted, and disconnects with it. Another `server` makes
 * another session. The latest `token` is asked each time.
 *
 * @param {import('./types.js').SessionOptions} options
 * @returns {{ session: Session, state: import('./types.js').ParleyState }}
 */
export function useParley({ server, token, WebSocket }) {
  const latest = useLatest(token);
  const address = String(server);
  const session = useMemo(() => new Session({ server: address, token: () => latest.current(), WebSocket }), [address, WebSocket, latest]);
  useEffect(() => {
    session.start();
    return () => session.stop();
  }, [session]);
  const subscribe = useCallback((/** @type {() => void} */ changed) => session.subscribe(changed), [session]);
  const state = useSyncExternalStore(subscribe, () => session.state, () => session.state);
  return { session, state };
}

/**
 * A room of a session, entered for the life of the component, and what the person can do there.
 *
 * @param {Session} session
 * @param {string} id
 * @returns {import('./types.js').RoomState & import('./room.js').RoomActions}
 */
export function useRoom(session, id) {
  useEffect(() => session.enter(id), [session, id]);
  const subscribe = useCallback((/** @type {() => void} */ changed) => session.subscribe(changed), [session]);
  const room = useSyncExternalStore(subscribe, () => session.room(id), () => session.room(id));
  const actions = useMemo(() => actionsOf(session, id), [session, id]);
  return useMemo(() => ({ ...room, ...actions }), [room, actions]);
}

/**
 * @typedef {object} ParleyChatProps
 * @property {string} [server] the address of the application; default: `/parley/` on the page's origin
 * @property {import('./types.js').TokenProvider | null} token null signs out
 * @property {string} [room] the id of the room to show first
 * @property {boolean} [single] show one room, without the list
 * @property {boolean} [shared] one connection for all tabs of the person
 * @property {string} [lang]
 * @property {'light' | 'dark'} [theme]
 * @property {boolean} [links] whether to offer and follow links to messages; default: true
 * @property {string} [className]
 * @property {(detail: { room: string | null }) => void} [onRoom]
 * @property {(detail: { unread: number, mentions: number }) => void} [onUnread]
 * @property {(detail: { by: 'portal' | 'server' }) => void} [onSignedOut]
 * @property {(detail: { code: string, reason: string, message: string, cause?: unknown }) => void} [onError] the token function failed
 * @property {(detail: import('./types.js').SessionStats) => void} [onStats]
 */

/**
 * The whole chat. The code of the element is loaded when the first one is mounted. An error while loading it goes to the error boundary.
 *
 * @param {ParleyChatProps} props
 * @returns {import('react').ReactElement}
 */
export function ParleyChat(props) {
  const { token, className } = props;
  const [failure, setFailure] = useState(/** @type {unknown} */ (null));
  const element = useRef(/** @type {any} */ (null));
  const latest = useLatest(props);
  useEffect(() => {
    loadChat().catch((cause) => setFailure(() => cause ?? new Error('The chat could not be loaded.')));
    return listen(element.current, () => latest.current);
  }, [latest]);
  const signedIn = token !== null;
  useEffect(() => {
    element.current.tokenProvider = signedIn ? () => latest.current.token?.() ?? null : null;
  }, [signedIn, latest]);
  if (failure) throw failure;
  return createElement('parley-chat', { ref: element, class: className, ...attributesOf(props) });
}

/**
 * @template T
 * @param {T} value
 * @returns {{ current: T }}
 */
function useLatest(value) {
  const latest = useRef(value);
  useEffect(() => {
    latest.current = value;
  });
  return latest;
}

export { Session };
