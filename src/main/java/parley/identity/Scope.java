package parley.identity;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What the token of a bot allows, within the rights that the bot has as a member of rooms. */
public enum Scope {
    /** Read rooms, their messages, members and files, the directory, and receive events. */
    READ,
    /** Post, edit and delete messages, react, pin, type, upload files. */
    POST,
    /** Join and leave rooms, and manage their members, bans and mutes. */
    MEMBERS,
    /** Offer slash commands, receive them and answer them. */
    COMMANDS;

    /** The name on the wire. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The scopes of these names; empty if one is unknown. */
    public static Optional<Set<Scope>> of(List<String> names) {
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        for (String name : names) {
            Optional<Scope> scope = Stream.of(values()).filter(one -> one.wire().equals(name)).findFirst();
            if (scope.isEmpty()) {
                return Optional.empty();
            }
            scopes.add(scope.get());
        }
        return Optional.of(scopes);
    }
}
