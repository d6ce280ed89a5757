package parley.limits;

import parley.protocol.Command;

/** What commands cost: what only passes through is cheap, what is stored or read dearer, what changes who is in a room dearest. */
final class CommandCosts {

    /** The dearest command. */
    static final int MOST = 10;

    private static final int PASSING = 1;
    private static final int STORED_OR_READ = 5;

    private CommandCosts() {
    }

    static int of(Command command) {
        return switch (command) {
            case Command.Ping c -> PASSING;
            case Command.Typing c -> PASSING;
            case Command.Unsubscribe c -> PASSING;
            case Command.RefreshToken c -> STORED_OR_READ;
            case Command.PostMessage c -> STORED_OR_READ;
            case Command.ReadHistory c -> STORED_OR_READ;
            case Command.Subscribe c -> STORED_OR_READ;
            case Command.JoinRoom c -> MOST;
            case Command.LeaveRoom c -> MOST;
        };
    }
}
