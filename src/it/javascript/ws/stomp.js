// Chats with @stomp/stompjs while its connection is cut several times. Arguments: the socket, a token, a room.
import { Client } from '@stomp/stompjs';
import { WebSocket } from 'ws';

const [address, token, room] = process.argv.slice(2);
const destination = `/rooms/${room}`;
const CUTS = 4;

function connect(onConnect) {
  let socket;
  const client = new Client({
    webSocketFactory: () => (socket = new WebSocket(address, ['v12.stomp'])),
    connectHeaders: { passcode: token },
    reconnectDelay: 50,
    heartbeatIncoming: 1000,
    heartbeatOutgoing: 1000,
    onConnect: () => onConnect(client),
    onStompError: (frame) => {
      console.log(`ERROR ${frame.headers.message} ${frame.body}`);
      process.exit(1);
    },
  });
  client.activate();
  return { client, cut: () => socket.terminate() };
}

// Resolves when the server has stored the message.
const post = (client, key, body) => new Promise((stored) => {
  client.watchForReceipt(key, stored);
  client.publish({ destination, body, headers: { key, receipt: key } });
});

const events = [];
let wanted = () => false;
let reached = () => {};
const until = (condition) => new Promise((resolve) => {
  wanted = condition;
  reached = resolve;
  if (wanted()) {
    resolve();
  }
});

const resumes = [];
const listener = connect((client) => {
  const last = events.at(-1);
  const since = last ? { since: `${last.headers.epoch}:${last.headers.offset}` } : {};
  const receipt = `subscribed-${resumes.length}`;
  client.watchForReceipt(receipt, (frame) => {
    resumes.push(frame.headers.recovered);
    if (wanted()) {
      reached();
    }
  });
  client.subscribe(destination, (message) => {
    events.push(message);
    if (wanted()) {
      reached();
    }
  }, { id: 'one: two\\', receipt, ...since });
});
await until(() => resumes.length === 1);

const poster = await new Promise((connected) => connect(connected));
const texts = [];
const say = async (text) => {
  texts.push(text);
  await post(poster, `key-${texts.length}`, text);
};
await say('first: ä 👋\nsecond line');
await until(() => events.length === 1);
for (let i = 1; i <= CUTS; i++) {
  listener.cut();
  await Promise.all([say(`during cut ${i}`), say(`also during cut ${i}`)]);
  await until(() => events.length >= texts.length && resumes.length === i + 1);
}
const again = await post(poster, 'key-1', texts[0]);
console.log(`again: duplicate ${again.headers.duplicate}`);
console.log(`resumed: ${resumes.slice(1)}`);
const bodies = events.map((event) => JSON.parse(event.body));
const offsets = events.map((event) => Number(event.headers.offset));
console.log(`texts: ${JSON.stringify(bodies.map((event) => event.text).sort()) === JSON.stringify([...texts].sort())}`);
console.log(`offsets: ${offsets.every((offset, i) => offset === offsets[0] + i && offset === bodies[i].offset)}`);
const { subscription, type } = events[0].headers;
console.log(`headers: ${subscription} ${type} ${events[0].headers.destination === destination}`);
// Longer than the heart-beats of both sides.
await new Promise((waited) => { setTimeout(waited, 2500); });
console.log(`alive: ${resumes.length === CUTS + 1 && listener.client.connected}`);
await listener.client.deactivate();
await poster.deactivate();
console.log('disconnected');
