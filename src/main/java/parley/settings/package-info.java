/**
 * The settings of an instance: each declared once, with its key, type, default, bounds and what happens at the bound.
 *
 * <p>Values come from MicroProfile Config (system properties, environment variables, Payara's own sources).
 * {@link parley.settings.Settings} reads them once, when the application starts. A value that is not allowed stops the start with a
 * sentence that names the key, the value and what is allowed. The page {@code settings.md} is generated from the declarations, and a test
 * compares the two.
 *
 * <p>To add a setting, add a component to a record in {@code Settings} and its declaration to that record's {@code read}, add a line to
 * {@code SettingsTest}, and run the command that the failing {@code SettingsPageTest} names.
 *
 * <p>Every package may import this one; it imports no other. Sizes that the protocol fixes (of a frame, a text, a page) are in
 * {@code protocol}.
 */
package parley.settings;
