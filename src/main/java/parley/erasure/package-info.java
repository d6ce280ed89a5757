/**
 * Erasures: what is known about a person disappears, or at least who the person was. The room logs keep their offsets, and a signed report
 * says what was erased.
 *
 * <p>An {@link parley.erasure.Erasure} is a row. It first ends the person's access. Then the instance that holds the lease of the task
 * works on it in steps ({@code Erasing}). It proposes deletions of the person's messages, reactions and memberships to the journal, so that
 * everything that follows the log learns of them. It lets each package remove what only that package can ({@link
 * parley.personal.PersonalData}), replaces the person in every column that one of them declares ({@code Tables}), and rewrites the stored
 * events ({@link parley.journal.Rewriting}). Each step can be repeated, so an instance that takes over goes on after the last page.
 *
 * <p>Owns the tables {@code erasure}, {@code erasure_room}, {@code erasure_count} and {@code erasure_key}. {@code rest} calls it. What a
 * legal hold covers stays with the hold. When the erasure is complete, nothing here names the person.
 */
package parley.erasure;
