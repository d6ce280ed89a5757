/** Chat users simulated with Gatling: {@code mvn -Pbench verify -Dbench=people}. Compiled only for that run. */
package parley.people;
