/**
 * Applications in the same server: they act in rooms as services, in their own JTA transactions, and observe messages.
 *
 * <p>An application has the JAR of {@code src/api} among its libraries. The JAR finds {@link parley.application.ApplicationPort} by JNDI
 * and passes it maps of the JDK's types ({@code ServiceRequest} reads them), so no class is shared. Inside a transaction, a change is a
 * row of {@code application_command}, which the transaction itself inserts through {@code jdbc/parley-applications}. After the commit,
 * {@code CarryingOut} submits it to the journal and removes the row. What an instance could not do, because it was killed or the database
 * was away, the sweep of one instance does: rooms ignore what was done before. {@code Listeners} tells applications of messages that this
 * instance committed.
 *
 * <p>Code here runs on threads of other applications: it sets the class loader of this one, and never waits for more than 10 s.
 */
package parley.application;
