/** Tests of the page in real browsers, and the runner of the client's own tests in Node. */
package parley.browser;
