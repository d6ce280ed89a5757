/**
 * The API for applications that run in the same Payara Server as Parley. An application has this JAR among its own libraries and injects
 * {@link parley.api.Parley}:
 *
 * <pre>{@code
 * @Inject Parley parley;
 *
 * @Transactional
 * public void confirm(Order order) {
 *     orders.save(order);
 *     parley.post(Post.of("orders", "Order " + order.number() + " is confirmed."));
 * }
 *
 * void answered(@Observes @InRoom("orders") MessagePosted message) {
 * }
 * }</pre>
 *
 * <p>A call joins the caller's JTA transaction: after a rollback nothing happens in Parley, after a commit it happens at once. The JAR
 * finds Parley by JNDI and passes it only types of the JDK, so both applications keep their own class loaders and either can be redeployed
 * alone.
 */
package parley.api;
