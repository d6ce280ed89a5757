/** Takes the place of the client's module in the bundle: the style sheets are part of it. */
import element from '../element.css';
import message from '../message/message.css';

export async function styleTexts() {
  return [element, message];
}
