/**
 * Parley behind nginx, Apache httpd and HAProxy, each configured with its template in {@code server-config/}, in front of fake and of
 * real instances.
 */
package parley.proxy;
