package parley.bench;

import java.util.Locale;

/** What an idle connection costs; part of the fan-out's table too. */
final class IdleBench {

    private IdleBench() {
    }

    static void run() throws Exception {
        Parley.onItsCore(parley -> {
            var table = new Table("10,000 connections in 100 rooms, idle", "", "KB of heap a connection");
            table.row("Parley", String.format(Locale.ROOT, "%.1f", Idle.bytesAConnection(parley) / 1000));
            table.print();
        });
    }
}
