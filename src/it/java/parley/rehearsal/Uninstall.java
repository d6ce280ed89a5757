package parley.rehearsal;

import static parley.rehearsal.Documents.SERVER_CONFIG;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The way back: nothing of Parley's is left on the domain. */
record Uninstall(Machine machine, Steps steps) {

    /** @param ports of Parley's instances; the domain's own one may answer, but not as Parley */
    void rehearse(Set<String> before, List<Integer> ports) throws Exception {
        steps.take("uninstall.sh, restart-domain", () -> {
            machine.run(Documents.block(SERVER_CONFIG, "server-config/uninstall.sh\n"));
            return same(before, machine.settings());
        });
        steps.take("what is left", () -> {
            String said = machine.run("asadmin list-applications domain; asadmin list-instances; asadmin list-jdbc-connection-pools");
            Rehearsal.check(!said.contains("parley"), "Something is left: " + said);
            for (int port : ports) {
                Rehearsal.check(port == machine.http || !listens(port), "Port " + port + " still listens");
            }
            return "no application, group, instance, pool or port";
        });
    }

    /** Fails unless both are the same. */
    static String same(Set<String> before, Set<String> after) {
        Set<String> gone = new TreeSet<>(before);
        gone.removeAll(after);
        Set<String> more = new TreeSet<>(after);
        more.removeAll(before);
        Rehearsal.check(gone.isEmpty() && more.isEmpty(), "Settings differ.\nGone: " + gone + "\nMore: " + more);
        return "%,d settings, all as before".formatted(after.size());
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
