/** What the page loads when a room has a call, or when the person starts one: the view, and what connects to the others. */
export { Calls } from './call/calls.js';
export { CallView } from './call/view.js';

/** What calls need of the browser. */
export function browserParts() {
  return { connect: (configuration) => new RTCPeerConnection(configuration), devices: navigator.mediaDevices };
}
