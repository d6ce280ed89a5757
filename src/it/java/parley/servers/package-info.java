/** {@code mvn -Pservers verify}: runs the same WAR on servers other than Payara Server. */
package parley.servers;
