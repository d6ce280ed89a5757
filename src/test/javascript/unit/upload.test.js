/** Uploads: they go on after a lost connection, and end when the person cancels them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { badge, kindOf } from '../../../main/webapp/chat/file/sizes.js';
import { filesIn } from '../../../main/webapp/chat/file/picker.js';
import { Upload } from '../../../main/webapp/chat/file/upload.js';
import { Problem } from '../../../main/webapp/chat/problem.js';

/** A server that stores what arrives, and cuts connections when it is told to. */
class Server {
  received = null;
  requests = [];
  cuts = [];
  scans = 0;

  async raw(method, path, { headers }) {
    this.requests.push(`${method} ${path}`);
    if (method === 'POST') {
      this.received = 0;
      assert.equal(Buffer.from(headers['Upload-Metadata'].split(' ')[1], 'base64').toString(), 'Größe.txt');
      return { headers: new Map([['Location', 'https://chat.example/parley/api/rooms/general/files/abc']]) };
    }
    if (method === 'HEAD') return { headers: new Map([['Upload-Offset', String(this.received)]]) };
    if (method === 'GET') return { json: async () => ({ id: 'abc', name: 'Größe.txt', type: 'text/plain', size: this.received, sha256: 'x', ...(this.scans-- > 0 && { scanning: true }) }) };
    this.received = null;
    return {};
  }

  async address(path) {
    return { url: `https://chat.example/parley/api/${path}`, token: 'token' };
  }
}

/** Sends to the server at once, unless the connection is to be cut after so many bytes. */
function requestsTo(server, refused = 0) {
  return class {
    upload = new EventTarget();
    #listeners = {};
    #offset = 0;
    status = 0;
    responseText = '';
    open() {}
    setRequestHeader(name, value) {
      if (name === 'Upload-Offset') this.#offset = Number(value);
    }
    addEventListener(name, listener) {
      this.#listeners[name] = listener;
    }
    abort() {
      this.#listeners.loadend();
    }
    async send(blob) {
      server.requests.push(`PATCH ${this.#offset}`);
      await null;
      const cut = server.cuts.shift();
      server.received = this.#offset + Math.min(blob.size, cut ?? Infinity);
      this.status = refused || (cut === undefined ? 204 : 0);
      this.responseText = refused ? '{"code":"bad_request","detail":"no"}' : '';
      this.#listeners.loadend();
    }
  };
}

function started(server, refused) {
  globalThis.XMLHttpRequest = /** @type {any} */ (requestsTo(server, refused));
  const waits = [];
  const upload = new Upload({ rest: server, room: 'general', file: new File(['0123456789'], 'Größe.txt'), progress() {}, wait: async (time) => void waits.push(time) });
  return { upload, waits };
}

test('goes on where a lost connection ended', async () => {
  const server = new Server();
  server.cuts = [4, 3];
  const { upload, waits } = started(server);
  assert.deepEqual(await upload.run(), { id: 'abc', name: 'Größe.txt', type: 'text/plain', size: 10 });
  assert.deepEqual(server.requests.filter((request) => request.startsWith('PATCH')), ['PATCH 0', 'PATCH 4', 'PATCH 7']);
  assert.equal(waits.length, 2);
});

test('waits for the virus scanner', async () => {
  const server = new Server();
  server.scans = 2;
  const { upload, waits } = started(server);
  assert.equal((await upload.run()).id, 'abc');
  assert.equal(waits.length, 2);
});

test('a refusal ends it', async () => {
  const { upload } = started(new Server(), 400);
  await assert.rejects(upload.run(), (problem) => problem instanceof Problem && problem.code === 'bad_request');
});

test('a cancelled one is deleted', async () => {
  const server = new Server();
  server.cuts = [4];
  const { upload } = started(server);
  upload.wait = async () => upload.cancel();
  assert.equal(await upload.run(), null);
  assert.equal(server.requests.at(-1), 'DELETE rooms/general/files/abc');
});

test('one that is cancelled while it is created is deleted and never sent', async () => {
  const server = new Server();
  const { upload } = started(server);
  const ended = upload.run();
  upload.cancel();
  assert.equal(await ended, null);
  assert.deepEqual(server.requests, ['POST rooms/general/files', 'DELETE rooms/general/files/abc']);
});

test('only pictures that were read are shown as such', () => {
  assert.equal(kindOf({ type: 'image/png', thumbnail: true, width: 5 }), 'picture');
  assert.equal(kindOf({ type: 'image/png', thumbnail: undefined, width: undefined }), 'file');
  assert.equal(kindOf({ type: 'image/svg+xml', thumbnail: true, width: 5 }), 'file');
  assert.equal(kindOf({ type: 'audio/webm', thumbnail: undefined, width: undefined }), 'sound');
  assert.equal(badge({ name: 'readme.txt', type: 'application/x-msdownload' }), 'EXE');
});

test('copied text beside a picture of it stays text', () => {
  const file = new File(['a'], 'a.png');
  assert.deepEqual(filesIn({ files: [file], types: ['Files'] }), [file]);
  assert.deepEqual(filesIn({ files: [file], types: ['text/plain', 'Files'] }), []);
  assert.deepEqual(filesIn(null), []);
});
