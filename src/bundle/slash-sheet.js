/** Takes the place of the client's module in the bundle: the style sheet is part of it. */
import slash from './slash.css';

export async function slashStyles() {
  return slash;
}
