/**
 * Audit events: refused sign-ins, changes to rooms and to people in them, and requests of administrators, each with actor and
 * address. Rows are only added. {@link parley.audit.AuditLog} removes those older than {@code parley.audit.days}; nothing else does.
 *
 * <p>The audit event of a change is written in the transaction that commits the change, so neither exists without the other. An
 * audit event never contains a token, a ticket or the text of a message.
 */
package parley.audit;
