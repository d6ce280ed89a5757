/**
 * A token provider for pages without script: fetches the token from a URL of the portal, which answers with the JWT as plain text or as
 * JSON `{"token"}`. Status 204 or `{"token":null}` means that nobody is signed in. The portal's cookies go to the portal's origin only.
 */
import { TokenFailure } from './failure.js';
import { ANSWER_WITHIN } from './identity.js';

export function tokenFrom(address) {
  return async () => {
    const response = await fetch(address, {
      headers: { Accept: 'application/json, application/jwt, text/plain;q=0.9' },
      credentials: 'same-origin',
      cache: 'no-store',
      signal: AbortSignal.timeout(ANSWER_WITHIN),
    });
    if (!response.ok) throw new TokenFailure('http', `The token address answered ${response.status}.`);
    if (response.status === 204) return null;
    return tokenIn((await response.text()).trim());
  };
}

function tokenIn(body) {
  if (!body.startsWith('{')) return body;
  try {
    return JSON.parse(body).token;
  } catch (cause) {
    throw new TokenFailure('not_a_token', 'The token address answered with invalid JSON.', cause);
  }
}
