/**
 * Bots: programs that take part in rooms under a name of their own, with tokens that administrators make, and the slash commands that
 * they offer.
 *
 * <p>A bot is a service ({@link parley.identity.Service}): its user id is {@code service:} and its id, so no person can sign in as a bot,
 * and a client shows that a message is a program's. In rooms it has a role as a person has. What a token allows is in its scopes: {@link
 * parley.bot.Scopes} decides about commands, package {@code rest} about requests, and both refuse what they don't know.
 *
 * <p>{@link parley.bot.Bots} has what administrators do. {@link parley.bot.BotWatch} keeps this instance's copy of the tokens and writes
 * their uses. {@link parley.bot.Slashes} lists, runs and answers slash commands: the call of a person goes to the connections of the bot
 * that watch, on any instance, and an answer goes to those of the person. Neither is stored in a log. A call is a row until the bot may no
 * longer answer it, so that an answer reaches only the person who asked.
 *
 * <p>Owns the tables {@code bot}, {@code bot_head}, {@code bot_token}, {@code slash_command} and {@code slash_call}. {@code rest},
 * {@code socket} and {@code stream} call it. A token must never reach a log, a message or the text of an exception. Only its hash is
 * stored.
 */
package parley.bot;
