/** Takes the place of the client's module in the bundle: the style sheet is part of it. */
import call from './call.css';

export async function callStyles() {
  return call;
}
