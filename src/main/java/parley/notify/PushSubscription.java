package parley.notify;

import java.net.URI;

/**
 * A browser that receives Web Push.
 *
 * @param id the hash of the endpoint, in hexadecimal
 * @param p256dh the browser's public key, in base64url
 * @param auth the secret that the browser shared with us, in base64url
 */
record PushSubscription(String id, String person, URI endpoint, String p256dh, String auth) {}
