/** Tokens from portals, and what portals may return in place of tokens. */
import { RoomServer, endings, equals, evenly, jwt, never, settled, soon, until } from './kit.js';

const NOT_TOKENS = [undefined, '', ' ', 'alice', 'a.b', 'a.b.c.d', 'a..c', 'a b.c.d', `${jwt('alice')}\n`, '<!doctype html><title>Sign in</title>', 0, {}, { token: jwt('alice') }, ['a.b.c'], false];

export const tests = {
  async 'accepts only JWTs, and never logs anything else'({ Identity, TokenFailure }) {
    for (const given of NOT_TOKENS) {
      const failure = await new Identity(async () => given).fresh().catch((problem) => problem);
      equals([failure instanceof TokenFailure, failure.reason, failure.temporary], [true, 'not_a_token', true]);
      if (given?.length > 4) equals(failure.message.includes(String(given)), false);
    }
    equals(await new Identity(async () => jwt('alice')).fresh(), jwt('alice'));
    equals(await new Identity(() => null).fresh(), null);
  },

  async 'distinguishes a failing portal from a sign-out'({ Identity }) {
    const cause = new Error('no network');
    const failures = [];
    const identity = new Identity(() => { throw cause; }, { failed: (failure) => failures.push(failure) });
    const rejected = await identity.fresh().catch((problem) => problem);
    equals([rejected.reason, rejected.cause === cause, failures.length], ['rejected', true, 1]);
    identity.provider = () => Promise.reject(undefined);
    equals((await identity.fresh().catch((problem) => problem)).reason, 'rejected');
  },

  async 'abandons a call to the portal that never returns'({ Identity, ANSWER_WITHIN }) {
    equals(ANSWER_WITHIN, 15_000);
    const late = await new Identity(never, { within: 20 }).fresh().catch((problem) => problem);
    equals([late.reason, late.message], ['late', 'The token provider gave no answer within 0.02 s.']);
  },

  async 'reads a token URL that answers with text, JSON or a sign-out'({ tokenFrom }) {
    const token = jwt('alice');
    equals(await asked(tokenFrom, new Response(` ${token}\n`)), token);
    equals(await asked(tokenFrom, Response.json({ token, expires: 'later' })), token);
    equals(await asked(tokenFrom, Response.json({ token: null })), null);
    equals(await asked(tokenFrom, new Response(null, { status: 204 })), null);
  },

  async 'treats an error of the token URL as a failure, never as a sign-out'({ tokenFrom, Identity }) {
    for (const status of [400, 401, 403, 404, 500, 503]) {
      equals((await asked(tokenFrom, new Response(jwt('alice'), { status })).catch((problem) => problem)).reason, 'http');
    }
    for (const body of ['<!doctype html>', '{', '{}', '{"token":{}}', '[]', 'null']) {
      const failure = await new Identity(() => asked(tokenFrom, new Response(body))).fresh().catch((problem) => problem);
      equals([body, failure.reason], [body, 'not_a_token']);
    }
  },

  async 'sends cookies to the portal only, and bypasses the cache'({ tokenFrom }) {
    let options;
    await asked(tokenFrom, new Response(jwt('alice')), (given) => (options = given));
    equals([options.credentials, options.cache, options.headers.Accept.includes('application/json')], ['same-origin', 'no-store', true]);
  },

  async 'keeps the connection when the page sets another function, and calls that next'(client) {
    const server = new RoomServer(client);
    server.expires = soon(1.5);
    const element = server.shows();
    await until(() => live(element));
    const asked = [];
    for (let n = 0; n < 20; n++) element.tokenProvider = async () => (asked.push(n), jwt('alice'));
    await until(() => server.asked('auth.refresh').length === 1);
    equals([server.greeted, asked, server.asked('subscribe').length], [1, [19], 1]);
  },

  async 'works when the page sets its function before the module is loaded'(client) {
    const server = new RoomServer(client);
    const tag = `parley-later-${Date.now()}`;
    const element = server.shows({ tag });
    equals(element.shadowRoot, null);
    customElements.define(tag, class extends client.ParleyChat {});
    await until(() => live(element));
    equals([server.greeted, Object.hasOwn(element, 'tokenProvider'), typeof element.tokenProvider], [1, false, 'function']);
  },

  'accepts only a function'() {
    const element = document.createElement('parley-chat');
    for (const wrong of ['/token', 7, {}, true]) {
      let thrown;
      try {
        element.tokenProvider = wrong;
      } catch (error) {
        thrown = error;
      }
      equals(thrown instanceof TypeError, true);
    }
    element.tokenProvider = undefined;
    equals(element.tokenProvider, null);
  },

  async 'tries again while the portal gives no token, shows it, logs each cause once, and tells the page each time'(client) {
    const server = new RoomServer(client);
    const logged = recorded();
    const answers = [new Error('down'), new Error('down'), undefined, new Error('down'), undefined];
    const told = [];
    let bar = '';
    await evenly(async () => {
      const element = server.shows({
        provider: async () => {
          if (!answers.length) return jwt('alice');
          const answer = answers.shift();
          if (answer) throw answer;
        },
        before: (one) => one.addEventListener('parley-error', ({ detail }) => told.push(detail)),
      });
      await until(() => (bar ||= shown(element, '.bar').includes("This site couldn't confirm your sign-in") ? shown(element, '.bar') : ''));
      await until(() => live(element));
      equals(visible(element, '.bar'), false);
    });
    equals(told.map(({ code, reason }) => [code, reason]), [['token', 'rejected'], ['token', 'rejected'], ['token', 'not_a_token'], ['token', 'rejected'], ['token', 'not_a_token']]);
    equals([told[0].cause.message, logged.length, logged.filter(([text]) => text.includes('undefined')).length], ['down', 2, 1]);
    equals(server.greeted, 1);
  },

  async 'works without script through a token URL'(client) {
    const server = new RoomServer(client);
    server.fetched = ({ pathname }) => (pathname === '/your/token' ? new Response(jwt('alice')) : undefined);
    const element = server.shows({ provider: null, attributes: { room: 'general', 'token-url': '/your/token' } });
    await until(() => live(element));
    element.removeAttribute('token-url');
    await until(() => shown(element, '.notice').includes(client.strings.notSignedIn));
    server.fetched = ({ pathname }) => (pathname === '/your/token' ? new Response(null, { status: 204 }) : undefined);
    element.setAttribute('token-url', '/your/token');
    await until(() => shown(element, '.notice').includes(client.strings.signedOut));
    server.fetched = ({ pathname }) => (pathname === '/your/token' ? Response.json({ token: jwt('alice') }) : undefined);
    element.setAttribute('token-url', '/your/token');
    await until(() => live(element));
  },

  async 'reconnects with backoff when the page sets its function again'(client) {
    const server = new RoomServer(client);
    let asks = 0;
    const nobody = () => async () => (asks++, null);
    const element = server.shows({ provider: nobody(), before: (one) => one.addEventListener('parley-signed-out', () => (one.tokenProvider = nobody())) });
    await until(() => asks === 2);
    await new Promise((resolve) => setTimeout(resolve, 400));
    equals(asks, 2);
    element.tokenProvider = async () => jwt('alice');
    await until(() => live(element));
    equals(server.greeted, 1);
  },
};

function live(element) {
  return element.shadowRoot?.querySelector('.log')?.getAttribute('aria-busy') === 'false' && shown(element, '.status').includes('Connected');
}

function shown(element, selector) {
  return element.shadowRoot?.querySelector(selector)?.textContent ?? '';
}

function visible(element, selector) {
  return !element.shadowRoot.querySelector(selector).hidden;
}

/** The outcome of a provider for a URL with this answer. */
async function asked(tokenFrom, answer, look = () => {}) {
  const { fetch } = globalThis;
  globalThis.fetch = async (_, options) => (look(options), answer);
  try {
    return await tokenFrom('https://portal.example/token')();
  } finally {
    globalThis.fetch = fetch;
  }
}

/** Collects the client's error logs instead of the console. */
function recorded() {
  const { error } = console;
  const lines = [];
  endings.push(() => (console.error = error));
  console.error = (...line) => lines.push(line);
  return lines;
}
