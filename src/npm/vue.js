/** `@parley/client/vue`: composables and a component for Vue 3.3 or newer. */
import { defineComponent, getCurrentInstance, h, onBeforeUnmount, onMounted, onScopeDispose, shallowRef, toValue, watch } from 'vue';
import { attributesOf, listen, loadChat } from './chat.js';
import { actionsOf } from './room.js';
import { Session } from './session.js';

/**
 * A session for the life of the component or scope: it connects when the component is mounted, and disconnects with it.
 *
 * @param {import('./types.js').SessionOptions} options
 * @returns {{ session: Session, state: import('vue').Ref<import('./types.js').ParleyState> }}
 */
export function useParley(options) {
  const session = new Session(options);
  const state = shallowRef(session.state);
  const end = session.subscribe(() => (state.value = session.state));
  if (getCurrentInstance()) onMounted(() => session.start());
  else session.start();
  onScopeDispose(() => {
    session.stop();
    end();
  });
  return { session, state };
}

/**
 * A room of a session, entered for the life of the component or scope, and what the person can do there. The actions are those of the room
 * that `id` names now.
 *
 * @param {Session} session
 * @param {import('vue').MaybeRefOrGetter<string>} id
 * @returns {{ room: import('vue').Ref<import('./types.js').RoomState> } & import('./room.js').RoomActions}
 */
export function useRoom(session, id) {
  const room = shallowRef(session.room(toValue(id)));
  const show = () => (room.value = session.room(toValue(id)));
  let leave = () => {};
  const enter = () => {
    leave();
    leave = session.enter(toValue(id));
    show();
  };
  const end = session.subscribe(show);
  watch(() => toValue(id), enter, { immediate: true });
  onScopeDispose(() => {
    end();
    leave();
  });
  const names = /** @type {(keyof import('./room.js').RoomActions)[]} */ (Object.keys(actionsOf(session, '')));
  const actions = Object.fromEntries(names.map((name) => [name, (/** @type {any[]} */ ...given) => /** @type {any} */ (actionsOf(session, toValue(id)))[name](...given)]));
  return { room, .../** @type {import('./room.js').RoomActions} */ (/** @type {any} */ (actions)) };
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
 * @property {(detail: { room: string | null }) => void} [onRoom]
 * @property {(detail: { unread: number, mentions: number }) => void} [onUnread]
 * @property {(detail: { by: 'portal' | 'server' }) => void} [onSignedOut]
 * @property {(detail: { code: string, reason: string, message: string, cause?: unknown }) => void} [onError] the token function failed
 * @property {(detail: import('./types.js').SessionStats) => void} [onStats]
 */

const callback = { type: Function, default: undefined };

/**
 * The whole chat, such as `<ParleyChat :token="token" room="general" @unread="…" />`. The code of the element is loaded when the first one
 * is mounted. An error while loading it goes to `onErrorCaptured`.
 *
 * @type {import('vue').DefineComponent<ParleyChatProps>}
 */
export const ParleyChat = /** @type {any} */ (
  defineComponent({
    name: 'ParleyChat',
    props: {
      server: String,
      token: { type: Function, default: null },
      room: String,
      single: Boolean,
      shared: Boolean,
      lang: String,
      theme: String,
      links: { type: Boolean, default: true },
      onRoom: callback,
      onUnread: callback,
      onSignedOut: callback,
      onError: callback,
      onStats: callback,
    },
    setup(/** @type {any} */ props) {
      const element = shallowRef(/** @type {any} */ (null));
      const provide = () => (element.value.tokenProvider = props.token ? () => props.token?.() ?? null : null);
      let end = () => {};
      onMounted(async () => {
        end = listen(element.value, () => props);
        provide();
        await loadChat();
      });
      watch(() => props.token !== null, () => element.value && provide());
      onBeforeUnmount(() => end());
      return () => h('parley-chat', { ref: element, ...attributesOf(props) });
    },
  })
);

export { Session };
