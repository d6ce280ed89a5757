/**
 * Requests of this server to hosts that people name: push services, receivers of webhooks, and pages that messages link to.
 *
 * <p>Anyone who is signed in can name any URL, and the server can reach machines that they can't. So a request goes only to addresses of
 * the public internet. {@link parley.outgoing.Hosts} looks a name up and checks every address, and {@link parley.outgoing.PinnedConnection}
 * connects to a checked address and never looks the name up again, so changing the address of a name in between has no effect. It
 * follows no redirect; a caller that follows one checks the new URL like the first. Only hosts that the administrator lists may have
 * another address.
 *
 * <p>This package knows neither messages nor people. Each call may wait for the network, and has a bound in bytes and time.
 */
package parley.outgoing;
