/**
 * A bot that answers "ping" in a room. It has no page: Node runs it. `PARLEY=http://localhost:8080/parley BOT=bot ROOM=general node bot.js`.
 * With `SOCKET=none` it does without the package `ws`: Node 20 has no WebSocket, and the frames travel over HTTP.
 */
import { Session } from '@parley/client';
import { WebSocket } from 'ws';

const { PARLEY = 'http://localhost:8080/parley', BOT = 'bot', ROOM = 'general', SOCKET } = process.env;

/** @returns {Promise<string>} */
async function token() {
  const response = await fetch(`${PARLEY}/dev/token`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ user: BOT }) });
  if (!response.ok) throw new Error(`The issuer answered ${response.status}`);
  return /** @type {{ token: string }} */ (await response.json()).token;
}

const session = new Session({ server: PARLEY, token, ...(SOCKET !== 'none' && { WebSocket }) });
let answered = Infinity;
let joining = false;
session.subscribe(() => {
  const { status, role, messages } = session.room(ROOM);
  if (status !== 'live') return;
  if (role === 'none' && !joining) session.join(ROOM).catch(console.error);
  joining = role === 'none';
  if (joining) return;
  // What was there when the bot came stays unanswered.
  if (answered === Infinity) {
    answered = messages.at(-1)?.offset ?? 0;
    console.log(`listening over ${session.stats.transport}`);
  }
  for (const { offset, text, by } of messages.filter((message) => message.offset > answered)) {
    answered = offset;
    if (text === 'ping') session.post(ROOM, `pong, ${by.name ?? by.id}`);
  }
});
session.on('token', (problem) => console.error(problem.message));
session.enter(ROOM);
session.start();
process.on('SIGTERM', () => {
  session.stop();
  process.exit();
});
