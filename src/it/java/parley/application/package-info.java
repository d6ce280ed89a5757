/** Applications in the same server, in their own transactions. */
package parley.application;
