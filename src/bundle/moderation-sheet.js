/** Takes the place of the client's module in the bundle: the style sheet is part of it. */
import moderation from './moderation.css';

export async function moderationStyles() {
  return moderation;
}
