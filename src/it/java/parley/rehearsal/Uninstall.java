package parley.rehearsal;

import static parley.rehearsal.Documents.SERVER_CONFIG;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Uninstallation: nothing of Parley remains in the domain. */
record Uninstall(Host host, Steps steps) {

    /** @param ports the ports of Parley's instances; the port of the domain's server may stay open */
    void rehearse(Set<String> before, List<Integer> ports) throws Exception {
        steps.run("uninstall.sh, restart-domain", () -> {
            host.run(Documents.block(SERVER_CONFIG, "server-config/uninstall.sh\n"));
            return requireSame(before, host.settings());
        });
        steps.run("what remains", () -> {
            String output = host.run("asadmin list-applications domain; asadmin list-instances; asadmin list-jdbc-connection-pools");
            Rehearsal.check(!output.contains("parley"), "Parley objects remain: " + output);
            for (int port : ports) {
                Rehearsal.check(port == host.http || !listens(port), "Port " + port + " still listens");
            }
            return "no application, group, instance, pool or port";
        });
    }

    /** Fails if the settings differ. */
    static String requireSame(Set<String> before, Set<String> after) {
        Set<String> removed = new TreeSet<>(before);
        removed.removeAll(after);
        Set<String> added = new TreeSet<>(after);
        added.removeAll(before);
        Rehearsal.check(removed.isEmpty() && added.isEmpty(), "Settings differ.\nRemoved: " + removed + "\nAdded: " + added);
        return "%,d settings, unchanged".formatted(after.size());
    }

    private static boolean listens(int port) {
        try {
            new Socket(InetAddress.getLoopbackAddress(), port).close();
            return true;
        } catch (IOException refused) {
            return false;
        }
    }
}
