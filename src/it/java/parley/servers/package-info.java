/** The same WAR on other servers than Payara Server: {@code mvn -Pservers verify}. */
package parley.servers;
