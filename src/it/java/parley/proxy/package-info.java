/**
 * Parley behind nginx, Apache httpd and HAProxy, each set up by its template in {@code server-config/}: before instances that a test
 * plays, and before two real ones.
 */
package parley.proxy;
