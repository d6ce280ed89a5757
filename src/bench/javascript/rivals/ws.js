// Rooms on bare ws: join one, post to it. Nothing is stored.
import { WebSocketServer } from 'ws';
import { listen, posted, userOf } from './rival.js';

const rooms = new Map();
let offset = 0;

function join(socket, room) {
  if (!rooms.has(room)) {
    rooms.set(room, new Set());
  }
  rooms.get(room).add(socket);
  socket.on('close', () => rooms.get(room).delete(socket));
}

function post(user, command) {
  const event = { type: 'message.posted', ...posted(command, user, ++offset) };
  // Encoded once for all recipients.
  const frame = Buffer.from(JSON.stringify(event));
  for (const listener of rooms.get(command.room)) {
    listener.send(frame, { binary: false });
  }
  return event.offset;
}

function serve(socket, user) {
  socket.on('message', text => {
    const command = JSON.parse(text);
    if (command.type === 'join') {
      join(socket, command.room);
      socket.send(JSON.stringify({ re: command.id, ok: {} }));
    } else {
      socket.send(JSON.stringify({ re: command.id, ok: { offset: post(user, command) } }));
    }
  });
}

listen(server => {
  const sockets = new WebSocketServer({ noServer: true });
  server.on('upgrade', (request, stream, head) => {
    try {
      const user = userOf(request.headers.authorization.slice('Bearer '.length));
      sockets.handleUpgrade(request, stream, head, socket => serve(socket, user));
    } catch {
      stream.end('HTTP/1.1 401 Unauthorized\r\n\r\n');
    }
  });
});
