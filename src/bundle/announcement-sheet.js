/** Takes the place of the client's module in the bundle: the style sheet is part of it. */
import announcement from './announcement.css';

export async function announcementStyles() {
  return announcement;
}
