// Reads a page and posts a long text over a compressed connection of the npm package ws. Arguments: the socket, a token, a room.
import { WebSocket } from 'ws';

const [address, token, room] = process.argv.slice(2);
const socket = new WebSocket(address, ['parley.v1', `bearer.${token}`], { perMessageDeflate: { threshold: 1024 } });
const send = (command) => socket.send(JSON.stringify(command));

socket.on('open', () => {
  console.log(socket.extensions);
  send({ id: 1, type: 'history', room, limit: 50 });
});
socket.on('message', (data) => {
  const frame = JSON.parse(data);
  if (frame.re === 1) {
    console.log(`${frame.ok.messages.length} messages`);
    send({ id: 2, type: 'message.post', room, key: 'from-ws', text: 'long '.repeat(700) });
  } else if (frame.re === 2) {
    console.log(frame.ok ? 'stored' : JSON.stringify(frame.error));
    socket.close(1000);
  }
});
socket.on('close', (code) => console.log(`closed ${code}`));
socket.on('error', (failed) => { console.log(String(failed)); process.exitCode = 1; });
