/** What went wrong, as a sentence. */
import { words } from '../words.js';

/** @param {any} problem a Problem, or any error @param {Record<string, string>} [own] texts of codes that mean something special here */
export function sentence(problem, own = {}) {
  if (own[problem.code]) return own[problem.code];
  if (problem.code === 'forbidden' && /^Only administrators/.test(problem.message)) return words.notAdministrator;
  // The server's sentences say which field is wrong.
  if (['bad_request', 'conflict', 'forbidden', 'gone', 'too_large'].includes(problem.code) && problem.message) return problem.message;
  if (problem.code === 'unavailable' && problem.message === "Can't reach the server") return words.unreachable;
  return words.problems[problem.code] ?? words.problems.internal;
}
