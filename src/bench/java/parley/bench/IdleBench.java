package parley.bench;

import java.util.Locale;

/** The heap of idle connections. {@link FanoutBench} includes it. */
final class IdleBench {

    private IdleBench() {
    }

    static void run() throws Exception {
        Parley.onOwnCore(parley -> {
            var table = new Table("10,000 connections in 100 rooms, idle", "", "KB of heap per connection");
            table.row("Parley", String.format(Locale.ROOT, "%.1f", IdleMemory.bytesPerConnection(parley) / 1000));
            table.print();
        });
    }
}
