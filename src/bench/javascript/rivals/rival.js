// What both servers have in common: who may come in, what a message looks like, and how they are started and asked.
import { createServer } from 'node:http';
import jwt from 'jsonwebtoken';

const publicKey = process.env.ISSUER_PUBLIC_KEY;

/** The user of a token of the issuer's; throws for any other token. */
export function userOf(token) {
  const claims = jwt.verify(token, publicKey, { algorithms: ['RS256'], issuer: 'parley-development', audience: 'parley' });
  return { id: claims.sub, name: claims.name };
}

/** The event that a post becomes, with the fields of Parley's. Its number is kept nowhere, as is the event. */
export function posted(post, by, offset) {
  return { room: post.room, offset, at: new Date().toISOString(), by, text: post.text, key: post.key };
}

/** An HTTP server that tells, after a collection, how much memory the process has; it ends when standard input does. */
export function listen(attach) {
  const server = createServer((request, response) => {
    globalThis.gc();
    response.end(String(process.memoryUsage().rss));
  });
  attach(server);
  server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, () => console.log(server.address().port));
  process.stdin.resume().on('end', () => process.exit());
}
