/**
 * What a person does in one room, for the hooks.
 *
 * @typedef {object} RoomActions
 * @property {(text: string, options?: import('./types.js').PostOptions) => import('./types.js').UnsentMessage | null} post
 * @property {(message: number, text: string, mentions?: string[]) => Promise<void>} edit
 * @property {(message: number) => Promise<void>} remove
 * @property {(message: number, emoji: string, on?: boolean) => Promise<void>} react
 * @property {(on?: boolean) => void} type to be called while the person types
 * @property {(offset: number) => void} markRead the person has read up to this message
 * @property {() => Promise<void>} loadEarlier
 * @property {(file: Blob, options?: import('./types.js').UploadOptions) => Promise<import('./types.js').AttachedFile>} upload
 * @property {() => Promise<void>} join
 * @property {() => Promise<void>} leave
 */

/**
 * @param {import('./session.js').Session} session
 * @param {string} id
 * @returns {RoomActions}
 */
export function actionsOf(session, id) {
  return {
    post: (text, options) => session.post(id, text, options),
    edit: (message, text, mentions) => session.edit(id, message, text, mentions),
    remove: (message) => session.delete(id, message),
    react: (message, emoji, on) => session.react(id, message, emoji, on),
    type: (on) => session.typing(id, on),
    markRead: (offset) => session.read(id, offset),
    loadEarlier: () => session.earlier(id),
    upload: (file, options) => session.upload(id, file, options),
    join: () => session.join(id),
    leave: () => session.leave(id),
  };
}
