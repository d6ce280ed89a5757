/** Takes the place of the client's module in the bundle: the style sheets are part of it. */
import element from '../element.css';
import file from '../file/file.css';
import message from '../message/message.css';
import notify from '../notify/notify.css';
import people from '../people/people.css';
import preview from '../preview/preview.css';
import rooms from '../rooms/rooms.css';
import search from '../search/search.css';

export async function styleTexts() {
  return [element, message, rooms, people, notify, file, search, preview];
}
