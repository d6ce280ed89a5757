/**
 * The contract in {@code src/main/webapp/protocol}: the AsyncAPI document of the frames and the OpenAPI document of the requests. Tests
 * check here what the server sends, and that no version breaks the clients of the one before.
 *
 * <p>The documents leave objects that the server sends open, because clients must ignore unknown fields. The checks close them: a field
 * that the contract lacks is a violation.
 */
package parley.contract;
