/**
 * Custom emoji: pictures with a name, which administrators upload and everyone uses as {@code :name:} in texts and reactions.
 *
 * <p>{@link parley.emoji.CustomEmoji} has what administrators and people do. {@link parley.emoji.KnownEmoji} is this instance's copy of the
 * names, so that a reaction reads no table. {@link parley.emoji.EmojiNames} has the short names of the standard emoji, which no custom
 * one may take.
 *
 * <p>Owns the table {@code custom_emoji}. A picture never changes: a new one has a new id. Texts and reactions keep the name; when the
 * emoji is deleted, pages show the name again. The uploaded bytes are never served: only pixels that were decoded and encoded again.
 */
package parley.emoji;
