// Rooms on Socket.IO: join one, post to it. Nothing is stored.
import { Server } from 'socket.io';
import { listen, posted, userOf } from './rival.js';

let offset = 0;

listen(server => {
  const io = new Server(server, { transports: ['websocket'], serveClient: false });
  io.use((socket, next) => {
    try {
      socket.data.user = userOf(socket.handshake.auth.token);
      next();
    } catch (refused) {
      next(refused);
    }
  });
  io.on('connection', socket => {
    socket.on('join', (room, done) => {
      socket.join(room);
      done();
    });
    socket.on('post', (post, done) => {
      const event = posted(post, socket.data.user, ++offset);
      io.to(post.room).emit('message.posted', event);
      done({ offset: event.offset });
    });
  });
});
