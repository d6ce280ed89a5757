/** Uploads and addresses of files, for a session. They use the modules of the page. */
import { Upload } from '../main/webapp/chat/file/upload.js';
import { Problem } from '../main/webapp/chat/problem.js';

/** The ids of rooms and files: `..` would address another resource. */
const ID = /^[\w-]{1,64}$/;

/**
 * Uploads a file into a room.
 *
 * @param {import('../main/webapp/chat/file/access.js').FileAccess} access
 * @param {string} room
 * @param {Blob} blob
 * @param {import('./types.js').UploadOptions} options
 * @returns {Promise<import('./types.js').AttachedFile>}
 */
export async function upload(access, room, blob, { name, progress = () => {}, signal }) {
  signal?.throwIfAborted();
  known(room);
  const file = new File([blob], name ?? /** @type {File} */ (blob).name ?? 'file', { type: blob.type });
  const running = new Upload({ rest: access.rest, room, file, progress });
  return new Promise((resolve, reject) => {
    const end = () => {
      running.cancel();
      reject(signal?.reason);
    };
    signal?.addEventListener('abort', end, { once: true });
    // An upload that was cancelled resolves to null, after it was rejected here.
    running.run().then(resolve, reject).finally(() => signal?.removeEventListener('abort', end));
  });
}

/**
 * An address of a file, or of its thumbnail, that needs no token, for a minute.
 *
 * @param {import('../main/webapp/chat/file/access.js').FileAccess} access
 * @param {string} id
 * @param {boolean} [thumbnail]
 */
export async function address(access, id, thumbnail = false) {
  const url = new URL(await access.link(known(id)));
  if (thumbnail) url.pathname += '/thumbnail';
  return url.href;
}

function known(/** @type {string} */ id) {
  if (!ID.test(id)) throw new Problem({ code: 'not_found', message: `No such id: ${id}` });
  return id;
}
