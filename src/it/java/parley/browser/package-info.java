/** People in real browsers: what they see, and what must never happen to them. */
package parley.browser;
