/**
 * The client side of the integration tests: chat users ({@link parley.kit.ChatClient}), HTTP requests
 * ({@link parley.kit.Http}), valid and forged tokens ({@link parley.kit.Tokens}, {@link parley.kit.ForgedToken}), and a socket
 * that can send invalid bytes ({@link parley.kit.RawSocket}).
 *
 * <p>The kit implements the wire protocol on its own and uses no class of the server, so a bug there can't hide here. Every wait
 * has a timeout, and a failed wait reports what arrived instead. Every frame and answer is checked against the contract
 * ({@link parley.kit.ContractCheck}). Any test package may use the kit; the kit uses none of them.
 * It never sleeps.
 */
package parley.kit;
