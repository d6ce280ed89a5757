/**
 * What the portal's own server does in the examples: it answers `/your/token` with the token of the person who is signed in. Here that is a
 * demo person, whose token comes from the development issuer of `mvn -Prun`; `?as=bob` chooses another one.
 */
/** Vite also puts it into the page. */
const PARLEY = (process.env.VITE_PARLEY ??= 'http://localhost:8080/parley');

export function portal() {
  return { name: 'portal', configurePreviewServer: ({ middlewares }) => void middlewares.use('/your/token', answer) };
}

async function answer(request, response) {
  const user = new URL(request.url, 'http://localhost').searchParams.get('as') ?? 'alice';
  const issued = await fetch(`${PARLEY}/dev/token`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ user }),
  });
  response.setHeader('Content-Type', 'text/plain');
  response.setHeader('Cache-Control', 'no-store');
  response.statusCode = issued.status;
  response.end(issued.ok ? (await issued.json()).token : '');
}

/** The Content Security Policy of the built page: nothing but the page's own files, and the connection to Parley. */
export function policy({ trustedTypes = "'none'" } = {}) {
  const { origin, host, protocol } = new URL(PARLEY);
  const socket = `${protocol === 'https:' ? 'wss' : 'ws'}://${host}`;
  const content = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    `connect-src 'self' ${origin} ${socket}`,
    'img-src blob:',
    `media-src ${origin}`,
    "require-trusted-types-for 'script'",
    `trusted-types ${trustedTypes}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const meta = { tag: 'meta', attrs: { 'http-equiv': 'Content-Security-Policy', content }, injectTo: 'head-prepend' };
  return { name: 'policy', apply: 'build', transformIndexHtml: () => [meta] };
}
