/**
 * People: the directory, fed by sign-ins; what people say and choose about themselves; blocks; and the end of a person's access.
 *
 * <p>Owns the tables {@code person}, {@code person_word}, {@code person_block}, {@code access_ended}, {@code person_head} and {@code
 * erased_person_key}. A person exists after the first sign-in. {@link parley.people.SignIns} takes the sign-ins, {@link
 * parley.people.People} answers who exists, {@link parley.people.Preferences} what they chose, {@link parley.people.Blocks} whom they
 * blocked, and {@link parley.people.Access} who may not connect. A request that counts what a person has and then adds to it takes a turn
 * first ({@link parley.people.Turns}).
 *
 * <p>A name here is today's name; the names in a log stay as they were. Nothing here decides on rights in a room. A person's quiet hours,
 * keywords and blocks must never reach another person.
 */
package parley.people;
